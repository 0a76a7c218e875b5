"""The start: charged by outcome, in ten lines."""

from openai import OpenAI

from probity import Denied, Probity

probity, openai = Probity(), OpenAI()  # PROBITY_URL and PROBITY_KEY; OPENAI_API_KEY
try:
    with probity.run("tailor_document", customer="ana", artifact="draft_9") as run:
        messages = [{"role": "user", "content": "Tailor this CV to the role."}]
        run.attempt(openai.chat.completions.create(model="gpt-4.1", messages=messages))
    print(run.receipt.words)  # left without an exception: delivered, and charged as promised
except Denied as denied:
    print(denied.words, [way.words for way in denied.ways_forward])
