"""What each printed document of an award says, by who prints it; the layout is `core.documents`."""
