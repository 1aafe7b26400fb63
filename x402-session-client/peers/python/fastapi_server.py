"""A FastAPI application behind the middleware of the Python package x402."""

import uvicorn
from fastapi import FastAPI
from x402 import x402ResourceServer
from x402.http import HTTPFacilitatorClient
from x402.http.middleware.fastapi import PaymentMiddlewareASGI

from shop import FACILITATOR, NETWORK, PORT, QUOTE, ROUTES, SessionScheme

server = x402ResourceServer(HTTPFacilitatorClient(FACILITATOR)).register(NETWORK, SessionScheme())
app = FastAPI(on_startup=[lambda: print("READY", flush=True)])
app.add_middleware(PaymentMiddlewareASGI, routes=ROUTES, server=server)


@app.get("/quote")
async def quote():
    return QUOTE


uvicorn.run(app, host="127.0.0.1", port=PORT)
