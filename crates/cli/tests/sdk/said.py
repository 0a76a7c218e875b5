"""What the official Python clients show of a gateway: a JSON line for each thing they were asked."""

import json
import sys

import anthropic
import openai

url, customer = sys.argv[1:3]
headers = {"x-customer-id": customer}
chat = openai.OpenAI(base_url=url + "/v1", api_key="theirs", default_headers=headers, max_retries=0)
claude = anthropic.Anthropic(base_url=url, api_key="theirs", default_headers=headers, max_retries=0)
HELLO = [{"role": "user", "content": "Hello"}]


def ask_chat(model, stream, fault):
    extra = {"Fake-Fault": fault}
    answer = chat.chat.completions.create(model=model, messages=HELLO, stream=stream, extra_headers=extra)
    if not stream:
        return answer.choices[0].message.content
    parts = [event.choices[0].delta.content or "" for event in answer]
    return "".join(parts)


def ask_responses(model, stream, fault):
    answer = chat.responses.create(model=model, input="Hello", stream=stream, extra_headers={"Fake-Fault": fault})
    if not stream:
        return answer.output_text
    return "".join(event.delta for event in answer if event.type == "response.output_text.delta")


def ask_claude(model, stream, fault):
    asked = {"model": model, "max_tokens": 50, "messages": HELLO, "extra_headers": {"Fake-Fault": fault}}
    if not stream:
        return claude.messages.create(**asked).content[0].text
    with claude.messages.stream(**asked) as answer:
        return "".join(answer.text_stream)


def body_of(error):
    body = getattr(error, "body", None)
    return body if isinstance(body, dict) else {}


ASKS = {"chat": ask_chat, "responses": ask_responses, "messages": ask_claude}
for line in sys.stdin:
    call, model, stream, fault = json.loads(line)
    try:
        said = {"text": ASKS[call](model, stream, fault)}
    except (openai.APIError, anthropic.APIError) as error:
        kinds = [kind.__name__ for kind in type(error).__mro__]
        said = {"error": kinds, "status": getattr(error, "status_code", None), "message": str(error), "body": body_of(error)}
    print(json.dumps(said), flush=True)
