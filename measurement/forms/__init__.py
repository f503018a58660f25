"""Forms, in folders by the place where people meet them."""
