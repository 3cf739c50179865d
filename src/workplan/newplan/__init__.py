"""A new plan: a small commented one, or last year's carried over."""

from workplan.newplan.carried import Carried, carry
from workplan.newplan.schemas import put_schemas
from workplan.newplan.starter import create

__all__ = ["Carried", "carry", "create", "put_schemas"]
