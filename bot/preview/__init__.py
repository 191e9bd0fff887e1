"""What a lesson writer sees while writing: words, pictures, voice and findings, on a page that follows the files."""
