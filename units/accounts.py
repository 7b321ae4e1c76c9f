from allauth.account.adapter import DefaultAccountAdapter


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation only; nobody signs up by himself."""

    def is_open_for_signup(self, request):
        return False
