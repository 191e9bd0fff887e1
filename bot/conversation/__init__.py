"""The tutor, pure: `Conversation.advance(session, understanding, finding, at=...)` gives a `Turn`."""

from bot.conversation.conversation import Conversation

__all__ = ["Conversation"]
