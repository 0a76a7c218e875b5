"""Stripe's library, asked about one body: is this signature right, what is in it, and how would it sign?

Must not know how the server under test verifies; it is the judge of that.
"""

import json
import sys
from unittest.mock import patch

import stripe

asked = json.load(sys.stdin)
body, secret, at = asked["body"], asked["secret"], asked["at"]
said = {"believes": False}
with patch("time.time", return_value=float(at)):
    try:
        event = stripe.Webhook.construct_event(body, asked["header"], secret)
        thing = event.data.object
        said = {"believes": True, "object": type(thing).__name__, "amount": thing["amount"]}
    except stripe.SignatureVerificationError:
        pass
signature = stripe.WebhookSignature._compute_signature(f"{at}.{body}", secret)
said["header"] = f"t={at},v1={signature}"
json.dump(said, sys.stdout)
