"""A run that a request begins and a background job ends, by its id."""

import asyncio

from probity import AsyncProbity


async def pressed(probity: AsyncProbity, jobs: "asyncio.Queue[str]") -> str:
    """The request: it says what is set aside, and answers at once."""
    run = await probity.start("enrich_market_map", customer="ana", artifact="map_42")
    await jobs.put(run.id)
    return run.words


async def works(probity: AsyncProbity, jobs: "asyncio.Queue[str]") -> str:
    """The job: five of eight sections were found. However long it takes, the run is extended."""
    async with probity.continue_run(await jobs.get()) as run:
        run.attempt(provider="company_data", services={"company_data": 5})
        run.partial(5)
    return run.receipt.words


async def main() -> None:
    jobs: asyncio.Queue[str] = asyncio.Queue()
    async with AsyncProbity() as probity:
        print(await pressed(probity, jobs))
        print(await works(probity, jobs))


if __name__ == "__main__":
    asyncio.run(main())
