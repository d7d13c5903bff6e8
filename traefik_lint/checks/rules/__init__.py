"""Router rules and routers (TL1xx)."""
