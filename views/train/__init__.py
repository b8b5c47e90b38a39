"""The Train page: a network, and several rules that train it at once."""
