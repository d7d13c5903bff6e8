"""The one configuration model that all notations are turned into; every value knows where it stands."""
