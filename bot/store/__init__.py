"""Everything that is kept, behind one door."""

from .errors import StoreError
from .keep import Keep
from .progress import RECALL_DAYS, apply, rebuild
from .records import Address, DuePlan, Incoming, Parcel, Waiting
from .store import DATABASE, Store

__all__ = [
    "DATABASE", "RECALL_DAYS", "Address", "DuePlan", "Incoming", "Keep", "Parcel", "Store", "StoreError", "Waiting", "apply",
    "rebuild",
]  # fmt: skip
