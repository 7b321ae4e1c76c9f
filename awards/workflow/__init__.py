"""When may it happen, and what then? The only place that changes states on the road to an award."""
