"""What every page with filters shares."""


class Chips:
    """A FilterSet that tells which of its filters act."""

    def chips(self):
        """[(name in the query string, "Loại: Giám sát")] of the filters that act, each removable on its own."""
        found = []
        for name, value in (self.form.cleaned_data if self.form.is_valid() else {}).items():
            if value in (None, ""):
                continue
            labels = {str(key): label for key, label in getattr(self.form.fields[name], "choices", ())}
            found.append((name, f"{self.form.fields[name].label}: {labels.get(value, value)}"))
        return found
