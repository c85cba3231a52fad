"""What HTTP alone costs: a Starlette route that returns the same bytes from memory.

    python -m tests.bench.memory FILE PORT

FILE is a pickled dictionary of answers by the request's body.
"""

import pickle
import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


def create_app(answers: dict[bytes, bytes]) -> Starlette:
    async def answer(request: Request) -> Response:
        return Response(answers[await request.body()], media_type="application/json")

    return Starlette(routes=[Route("/graphql", answer, methods=["POST"])])


if __name__ == "__main__":
    uvicorn.run(
        create_app(pickle.loads(Path(sys.argv[1]).read_bytes())),
        port=int(sys.argv[2]),
        log_level="warning",
        access_log=False,
    )
