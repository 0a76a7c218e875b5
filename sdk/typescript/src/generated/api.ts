// Generated from the service's /openapi.json by `npm run generate`: not to be changed by hand.

export interface paths {
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Leads to `/docs`. */
        get: operations["get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This API on a page. */
        get: operations["getDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/elements.js": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The elements to embed in pages, as one script. */
        get: operations["getElementsJs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process is there. */
        get: operations["getHealthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counts of requests and of the engine's work, as Prometheus reads them. */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/my": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Leads to `/my/wallet`; what follows `?` and `#` is kept. */
        get: operations["getMy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/my.css": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How these pages look. */
        get: operations["getMyCss"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/my.js": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The script of these pages. */
        get: operations["getMyJs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/my/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page of their limits. */
        get: operations["getMyLimits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/my/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page of prices, for a customer. */
        get: operations["getMyPrices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/my/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page of their receipts. */
        get: operations["getMyReceipts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/my/terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page of their terms. */
        get: operations["getMyTerms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/my/wallet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page of their wallet. */
        get: operations["getMyWallet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This API as OpenAPI 3.1. */
        get: operations["getOpenapiJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/problems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Leads to all problems. */
        get: operations["getProblems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/problems/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a problem is, and what to do. */
        get: operations["getProblemsCode"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** It answers requests. */
        get: operations["getReadyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Up to 1,000 writes, in order, not atomic. */
        post: operations["postV1Batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Would this be allowed, and at what price? No effect.
         * @description Also with a customer token.
         */
        post: operations["postV1Check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contract": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The contract in force, in plain words; without a key: live; with a token: their version. */
        get: operations["getV1Contract"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contracts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every version that was published. */
        get: operations["getV1Contracts"];
        put?: never;
        /** Publish a version, a revision of operations, or both: lint, diff, notice. */
        post: operations["postV1Contracts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contracts/latest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The texts of the contract and its operations, as they were published last. */
        get: operations["getV1ContractsLatest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every customer, in the order of their ids. */
        get: operations["getV1Customers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who a customer is.
         * @description Also with a customer token.
         */
        get: operations["getV1CustomersId"];
        /** Create or change a customer. */
        put: operations["putV1CustomersId"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/caps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the customer's own caps; a member's token only lowers its own.
         * @description Also with a customer token.
         */
        put: operations["putV1CustomersIdCaps"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A customer's books, by `seq`. */
        get: operations["getV1CustomersIdEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happens to a customer, as server-sent events; as JSON a list of what did.
         * @description Also with a customer token.
         */
        get: operations["getV1CustomersIdEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give credits: a gift, or goodwill. */
        post: operations["postV1CustomersIdGrants"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/overrides": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Special terms for one customer, better than the plan, until a day. */
        post: operations["postV1CustomersIdOverrides"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/own-keys/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is the customer's own AI key kept, and does it work? Never the key. */
        get: operations["getV1CustomersIdOwnKeysProvider"];
        /** Store the customer's own AI key: sealed, and never answered again. */
        put: operations["putV1CustomersIdOwnKeysProvider"];
        post?: never;
        /** Forget the customer's own AI key. */
        delete: operations["deleteV1CustomersIdOwnKeysProvider"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop this customer's runs. */
        post: operations["postV1CustomersIdPause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every action with its price, what allows or forbids it, words for its button.
         * @description Also with a customer token.
         */
        get: operations["getV1CustomersIdPrices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/renewals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A period was paid for. */
        post: operations["postV1CustomersIdRenewals"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lift a pause: an operator's, an unusual day's, or that of one artifact.
         * @description Also with a customer token.
         */
        post: operations["postV1CustomersIdResume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A customer's receipts, the newest first, also of runs that cost nothing.
         * @description Also with a customer token.
         */
        get: operations["getV1CustomersIdRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened to a customer's credits, the newest first; in JSON, or whole in CSV.
         * @description Also with a customer token.
         */
        get: operations["getV1CustomersIdStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a customer agreed to, and what is changing: their own bill, and every choice.
         * @description Also with a customer token.
         */
        get: operations["getV1CustomersIdTerms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A customer token for a browser: one customer, at most an hour. */
        post: operations["postV1CustomersIdTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/top-ups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Book credits that were bought; unique by payment. */
        post: operations["postV1CustomersIdTopUps"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/top-ups/{payment}/claw-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A payment was taken back, or unused credits are given back for money. */
        post: operations["postV1CustomersIdTopUpsPaymentClawBack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/wallet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Balance, held, available, owed, grants, allowances and caps.
         * @description Also with a customer token.
         */
        get: operations["getV1CustomersIdWallet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/event-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every type of event, with its JSON Schema. */
        get: operations["getV1EventTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happens to everybody, as server-sent events; as JSON a list of what did. */
        get: operations["getV1Events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/idempotency/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was answered to a key within the last 7 days, asked through the writer. */
        get: operations["getV1IdempotencyKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quotes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A signed, binding price for one run.
         * @description Also with a customer token.
         */
        post: operations["postV1Quotes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quotes/{quote}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Agree to a quote.
         * @description Also with a customer token.
         */
        post: operations["postV1QuotesQuoteConfirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/exceptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What needs a person, the newest first: whose, which run, how much, what to do. */
        get: operations["getV1ReportsExceptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/margin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What runs cost and brought, by action and plan, against what was reckoned. */
        get: operations["getV1ReportsMargin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/shadow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was watched in shadow: would-be charges and refusals, beside today's billing. */
        get: operations["getV1ReportsShadow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/shadow/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The runs of the shadow report, the newest first. */
        get: operations["getV1ReportsShadowRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/shadow/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a customer would have read of a run, if it had been enforced. */
        get: operations["getV1ReportsShadowRunsId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start a run: its credits are set aside. With `outcome`: hold and settle in one. */
        post: operations["postV1Runs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The receipt of a run, from its first answer on.
         * @description Also with a customer token.
         */
        get: operations["getV1RunsId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer a question about a receipt; the receipt shows it to the customer. */
        post: operations["postV1RunsIdAnswer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Late usage: the cost book only. */
        post: operations["postV1RunsIdAttempts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/correct": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** It ended otherwise after all: towards the customer only. */
        post: operations["postV1RunsIdCorrect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/extend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** More time, counted from now. */
        post: operations["postV1RunsIdExtend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/question": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * "This is wrong": a question about a receipt.
         * @description Also with a customer token.
         */
        post: operations["postV1RunsIdQuestion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/refund": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give back all or part of what was charged. */
        post: operations["postV1RunsIdRefund"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give the hold back whole. */
        post: operations["postV1RunsIdRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/settle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Report how a run ended: the contract decides what is taken. */
        post: operations["postV1RunsIdSettle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sandbox/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read the sandbox clock, or move it forward; answers when everything due is applied. */
        post: operations["postV1SandboxClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stripe/webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What Stripe tells of payments, refunds, disputes and subscriptions; signed by it.
         * @description The header `Stripe-Signature` says who sent it.
         */
        post: operations["postV1StripeWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where events are sent. */
        get: operations["getV1WebhookEndpoints"];
        put?: never;
        /** Send events to an address, signed; the secret that verifies them is shown once. */
        post: operations["postV1WebhookEndpoints"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One endpoint. */
        get: operations["getV1WebhookEndpointsId"];
        /** Change where an endpoint is, or which events it takes. */
        put: operations["putV1WebhookEndpointsId"];
        post?: never;
        /** Remove an endpoint, with what was still to be sent there. */
        delete: operations["deleteV1WebhookEndpointsId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was sent to an endpoint, or will be: tries, answers, the next try. */
        get: operations["getV1WebhookEndpointsIdDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send events again: by their ids, from an instant on, or all that never arrived. */
        post: operations["postV1WebhookEndpointsIdReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new secret, shown once; the old one signs beside it for a while. */
        post: operations["postV1WebhookEndpointsIdRotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send there again, what waited first. */
        post: operations["postV1WebhookEndpointsIdStart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send nothing there until it is started again; what waits keeps waiting. */
        post: operations["postV1WebhookEndpointsIdStop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send one event of type `webhook.test` at once, and say what came of it. */
        post: operations["postV1WebhookEndpointsIdTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "caps.changed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The customer's own limits changed. */
        post: operations["EventOfCapsChanged"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "customer.changed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who a customer is changed: name, members, notes, how they renew. */
        post: operations["EventOfCustomerChanged"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "customer.opened": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A customer began. */
        post: operations["EventOfCustomerOpened"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "customer.paused": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An operator paused a customer's runs. */
        post: operations["EventOfCustomerPaused"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "customer.plan_changed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The plan changed, or will at the period's end. */
        post: operations["EventOfCustomerPlanChanged"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "customer.renewed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A period began, or a month of credits in it. */
        post: operations["EventOfCustomerRenewed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "customer.resumed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A pause was lifted. */
        post: operations["EventOfCustomerResumed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "customer.unusual_day": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A run was refused because the day is unusual: told once a day. */
        post: operations["EventOfCustomerUnusualDay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "grant.added": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Credits came: of the plan, bought, a gift, or goodwill. */
        post: operations["EventOfGrantAdded"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "grant.clawed_back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Credits of a payment were taken back. */
        post: operations["EventOfGrantClawedBack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "grant.expired": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Credits ran out of time. */
        post: operations["EventOfGrantExpired"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "grant.expires_soon": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Credits will expire, as long before as the contract says. */
        post: operations["EventOfGrantExpiresSoon"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "override.began": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Special terms began. */
        post: operations["EventOfOverrideBegan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "own_key.changed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The customer's own AI key was stored, removed, or refused by its provider. */
        post: operations["EventOfOwnKeyChanged"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "quote.confirmed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A quote was agreed to. */
        post: operations["EventOfQuoteConfirmed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "run.answered": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The customer's question about a receipt was answered. */
        post: operations["EventOfRunAnswered"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "run.corrected": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A run ended otherwise after all, in the customer's favour. */
        post: operations["EventOfRunCorrected"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "run.expired": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A run's time was up: it is free. */
        post: operations["EventOfRunExpired"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "run.extended": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A run has more time. */
        post: operations["EventOfRunExtended"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "run.held": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A run began: its credits are set aside. */
        post: operations["EventOfRunHeld"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "run.questioned": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The customer says that a receipt is wrong. */
        post: operations["EventOfRunQuestioned"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "run.refunded": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Credits of a run were given back. */
        post: operations["EventOfRunRefunded"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "run.released": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A run's credits were given back whole. */
        post: operations["EventOfRunReleased"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "run.settled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A run ended, and the contract said what it takes. */
        post: operations["EventOfRunSettled"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "terms.began": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A version of the contract began for the customer. */
        post: operations["EventOfTermsBegan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "terms.changing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A version of the contract will begin for the customer: told once for each. */
        post: operations["EventOfTermsChanging"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "top_up.wanted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The customer asked for automatic top-ups, and one is due within their monthly cap: charge them, and book it. */
        post: operations["EventOfTopUpWanted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "wallet.runs_out_soon": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** At the customer's own pace the credits end soon: told once a period. */
        post: operations["EventOfWalletRunsOutSoon"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "wallet.used": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A share of the credits is used: told once for each share and period. */
        post: operations["EventOfWalletUsed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /** @description Free units per window. */
        Allowance: {
            /**
             * @description per what
             * @enum {string}
             */
            per: "day" | "week" | "month" | "year";
            /** @description how many */
            units: number;
        };
        /** @description Free units of an action. */
        AllowanceLine: {
            /**
             * @description per what
             * @enum {string}
             */
            per: "day" | "week" | "month" | "year";
            /**
             * Format: date-time
             * @description when they begin anew
             */
            resets_at: string;
            /** @description how many */
            units: number;
            /** @description how many are used */
            used: number;
        };
        /** @description What the customer reads beside their question. */
        Answer: {
            /** @description which; left out: the last one about the run */
            question?: string | null;
            /** @description what you found, and what you did */
            text: string;
        };
        /** @description A question about a receipt, with what was said to it. */
        AskedAboutReceipt: {
            /** @description the oldest first; may be empty */
            answers: components["schemas"]["SaidToQuestion"][];
            /**
             * Format: date-time
             * @description when it was asked
             */
            at: string;
            /** @description its id */
            question: string;
            /** @description what the customer asks */
            text: string;
        };
        /** @description One call to a model or a supplier. */
        Attempt: {
            /** @description which model was asked for */
            asked?: string | null;
            /** @description which model answered */
            model?: string | null;
            /** @description made with the customer's own key */
            own_key?: boolean | null;
            /** @description whose model */
            provider?: string | null;
            /** @description calls to suppliers, by service */
            services?: {
                [key: string]: number;
            } | null;
            /** @description where the tokens are known from */
            source?: ("provider" | "partial" | "estimated" | "none") | null;
            /** @description tokens; null is not known, zero is zero */
            usage?: components["schemas"]["Usage"] | null;
        };
        /** @description Late usage was booked. */
        AttemptsBooked: {
            /** @description what the run's calls cost, in USD; null where unknown */
            cost?: string | null;
            /** @description is it known? */
            cost_known: boolean;
            /** @description its id */
            run: string;
            /** @description the last entry it wrote */
            seq: number;
            /** @description the wallet */
            wallet: components["schemas"]["WalletLine"];
        };
        /** @description Automatic top-ups: always capped. */
        AutoTopUp: {
            /**
             * @description when available falls below this
             * @example 12.5
             */
            below: string;
            /**
             * @description buy this much
             * @example 12.5
             */
            credits: string;
            /**
             * @description at most this much a month
             * @example 12.5
             */
            month_at_most: string;
        };
        /** @description Up to 1,000 writes, in order, each by itself. */
        Batch: {
            /** @description the writes */
            items: components["schemas"]["BatchItem"][];
        };
        /** @description The answers, in order. */
        BatchAnswer: {
            /** @description each by itself */
            items: components["schemas"]["BatchItemAnswer"][];
        };
        /** @description One write of a batch. */
        BatchItem: {
            /** @description the body, as for the single request */
            body?: Record<string, unknown> | null;
            /**
             * @description what is to be done
             * @enum {string}
             */
            do: "run" | "settle" | "release" | "extend" | "refund";
            /** @description which run; not for `run` */
            id?: string | null;
            /** @description its idempotency key */
            key?: string | null;
        };
        /** @description The answer to one item. */
        BatchItemAnswer: {
            /** @description as of the single request */
            body: Record<string, unknown>;
            /** @description it is the answer to an earlier request with the same key */
            replayed?: boolean | null;
            /** @description its status */
            status: number;
        };
        /** @description The customer's own runs of the last 30 days, priced by the version in force and by the one that is coming; limits are left aside, as they say how much may be run. */
        BillBeforeAndAfter: {
            /**
             * Format: date-time
             * @description runs from this instant on; of more than 1,000 the newest
             */
            from: string;
            /** @description so many cannot be priced by both: they are in neither sum */
            not_priced: number;
            /**
             * @description what they come to under the version in force
             * @example 12.5
             */
            now: string;
            /** @description the same in money */
            now_money?: string | null;
            /** @description so many would be refused then: they are in neither sum */
            refused: number;
            /** @description how many ended in that time */
            runs: number;
            /**
             * @description what they would come to under the one that is coming
             * @example 12.5
             */
            then: string;
            /** @description the same in money */
            then_money?: string | null;
            /**
             * Format: date-time
             * @description runs until before this instant
             */
            until: string;
        };
        /** @description Caps as they stand. */
        Caps: {
            /** @description automatic top-ups */
            auto_top_up?: components["schemas"]["AutoTopUp"] | null;
            /** @description members' caps */
            members: {
                [key: string]: string;
            };
            /** @description the customer's, a month */
            month?: string | null;
            /**
             * @description used of it
             * @example 12.5
             */
            used: string;
        };
        /** @description The customer's own caps. Left out: unchanged; null: taken away. */
        CapsRequest: {
            /** @description automatic top-ups, only if asked for */
            auto_top_up?: components["schemas"]["AutoTopUp"] | null;
            /** @description each member's most a month */
            members?: {
                [key: string]: string | null;
            } | null;
            /** @description the most a month; null takes the cap away */
            month?: string | null;
        };
        /** @description Caps were set. */
        CapsSet: {
            /** @description as they stand now */
            caps: components["schemas"]["Caps"];
            /** @description the last entry it wrote */
            seq: number;
            /** @description the wallet at exactly that `seq` */
            wallet?: components["schemas"]["WalletLine"] | null;
        };
        /** @description A version that is on its way to a customer. */
        Changing: {
            /** @description their own runs, priced by both; null: they had none */
            bill?: components["schemas"]["BillBeforeAndAfter"] | null;
            /** @description what differs for somebody on their plan, the worse first */
            changes: components["schemas"]["TermsChange"][];
            /** @description what they can do; all of it is open */
            choices: components["schemas"]["WayForward"][];
            /** @description which version */
            contract: string;
            /** @description the notice lasts until then; null: it is over, and the next period is waited for */
            notice_until?: string | null;
            /** @description what the plan costs now; null: nothing */
            plan_price_now?: string | null;
            /** @description what it costs then; null: nothing */
            plan_price_then?: string | null;
            /**
             * Format: date-time
             * @description when it begins for this customer; of a period that is not paid by then, when it is
             */
            starts: string;
        };
        /** @description One check; or `items`, with the total of those that fit. */
        Check: {
            /** @description which action */
            action?: string | null;
            /** @description would it start? */
            allowed?: boolean | null;
            /** @description the last entry it has seen */
            as_of_seq: number;
            /** @description show the price and ask first */
            ask?: boolean | null;
            /** @description the price is the most it may come to: how many units is not known */
            at_most?: boolean | null;
            /** @description the version it is judged under */
            contract?: string | null;
            /** @description why not */
            denial?: components["schemas"]["Denial"] | null;
            /** @description how many fit */
            fits?: number | null;
            /** @description each, given those before it */
            items?: Record<string, unknown>[] | null;
            /** @description in money */
            money?: string | null;
            /** @description it runs on the customer's own AI key, whose provider bills them besides */
            own_key?: boolean | null;
            /** @description what it would cost */
            price?: string | null;
            /** @description it is owned, or the same again */
            reopened?: boolean | null;
            /** @description what the contract tells of runs on the customer's own key */
            tell?: string | null;
            /** @description what those that fit would cost */
            total?: string | null;
            /** @description what the customer reads */
            words?: string | null;
            /** @description what would be, in shadow and announce */
            would?: components["schemas"]["WouldBe"] | null;
        };
        /** @description One of several runs that are asked about. */
        CheckItem: {
            /** @description which action; a quote says it too */
            action?: string | null;
            /** @description another try, or a fresh run */
            again?: ("redo" | "fresh") | null;
            /** @description the customer's own thing the result belongs to */
            artifact?: string | null;
            /** @description the customer agreed; secret keys only */
            confirmed?: boolean | null;
            /** @description whose run it would be; the same in all items */
            customer?: string | null;
            /** @description what the action needs, by name */
            inputs?: {
                [key: string]: unknown | null;
            } | null;
            /** @description the most you will pay */
            max_price?: string | null;
            /** @description which member asks */
            member?: string | null;
            /** @description which model it will use */
            model?: string | null;
            /** @description the call brings a working key of its own */
            own_key?: boolean | null;
            /** @description experiments never touch the wallet */
            purpose?: ("production" | "experiment") | null;
            /** @description how many units, where the price is by quantity */
            quantity?: number | null;
            /** @description the signed quote it is to use */
            quote?: string | null;
        };
        /** @description One run, or `items`, judged one after the other. */
        CheckRequest: {
            /** @description which action; a quote says it too */
            action?: string | null;
            /** @description another try, or a fresh run */
            again?: ("redo" | "fresh") | null;
            /** @description the customer's own thing the result belongs to */
            artifact?: string | null;
            /** @description the customer agreed; secret keys only */
            confirmed?: boolean | null;
            /** @description whose run it would be */
            customer?: string | null;
            /** @description what the action needs, by name */
            inputs?: {
                [key: string]: unknown | null;
            } | null;
            /** @description several runs of one customer */
            items?: components["schemas"]["CheckItem"][] | null;
            /** @description the most you will pay */
            max_price?: string | null;
            /** @description which member asks */
            member?: string | null;
            /** @description which model it will use */
            model?: string | null;
            /** @description the call brings a working key of its own */
            own_key?: boolean | null;
            /** @description experiments never touch the wallet */
            purpose?: ("production" | "experiment") | null;
            /** @description how many units, where the price is by quantity */
            quantity?: number | null;
            /** @description the signed quote it is to use */
            quote?: string | null;
        };
        /** @description A payment was taken back, or unused credits are given back for money. Beside refunds and disputes that the payment provider tells of it is the same money: the greater counts, whichever came first. */
        ClawBack: {
            /** @description how many; null: all that it bought */
            credits?: string | null;
            /** @description why */
            reason?: string | null;
        };
        /** @description A payment was taken back. */
        ClawedBack: {
            /**
             * @description what is taken as holds end
             * @example 12.5
             */
            later: string;
            /** @description money that the contract promises back */
            money_owed?: string | null;
            /** @description the last entry it wrote */
            seq: number;
            /**
             * @description what was there
             * @example 12.5
             */
            taken: string;
            /**
             * @description what was spent: reported, never a debt
             * @example 12.5
             */
            unrecovered: string;
            /** @description the wallet at exactly that `seq` */
            wallet?: components["schemas"]["WalletLine"] | null;
        };
        /** @description What the sandbox clock shows. */
        Clock: {
            /**
             * Format: date-time
             * @description the instant
             */
            now: string;
        };
        /** @description Where to move the sandbox clock; nothing: it is read. */
        ClockRequest: {
            /** @description this much further, such as "1 month" */
            by?: string | null;
            /** @description this instant */
            to?: string | null;
        };
        /** @description A quote was agreed to. */
        Confirmed: {
            /**
             * Format: date-time
             * @description when
             */
            confirmed_at: string;
            /**
             * @description by whom
             * @enum {string}
             */
            confirmed_by: "customer" | "product";
            /** @description the quote */
            quote: string;
            /** @description the last entry it wrote */
            seq: number;
            /** @description the wallet */
            wallet: components["schemas"]["WalletLine"];
        };
        /** @description A version of the contract, a revision of operations, or both. Left out: unchanged. */
        ContractRequest: {
            /** @description the text of contract.yaml */
            contract?: string | null;
            /** @description the revision of operations that was seen to be the last: where another one is, 409 `published_meanwhile`, and nothing is applied */
            expected_operations?: number | null;
            /** @description the text of operations.yaml */
            operations?: string | null;
            /** @description the text of the price map that operations name */
            prices?: string | null;
            /** @description why */
            reason?: string | null;
        };
        /** @description Every version that was published. */
        Contracts: {
            /** @description oldest first */
            items: components["schemas"]["PublishedContract"][];
            /** @description null: this is all */
            next_cursor?: string | null;
        };
        /** @description How a run ended after all: towards the customer only. */
        Correction: {
            /**
             * @description how it really ended
             * @enum {string}
             */
            outcome: "delivered" | "partial" | "empty" | "failed" | "bad_input" | "blocked" | "cancelled" | "abandoned" | "reopened";
            /** @description how many parts this run brought; left out where the whole is there now, also on a `rest`; `delivered` with fewer than the action has is `partial` */
            parts?: number | null;
            /** @description how many units arrived */
            quantity?: number | null;
            /** @description a finer reason, for the receipt */
            reason?: string | null;
        };
        /** @description The costs in force. */
        CostsInForce: {
            /** @description when the costs were last looked at */
            as_of?: string | null;
            /** @description SHA-256 of the price map; null: there is none */
            prices?: string | null;
            /** @description the revision of operations */
            revision: number;
        };
        /** @description Who a customer is. */
        Customer: {
            /** @description the last entry it has seen */
            as_of_seq?: number | null;
            /** @description when it begins */
            changes_on?: string | null;
            /** @description the contract and its version */
            contract: string;
            /** @description whose */
            customer: string;
            /** @description who acts for them */
            members: components["schemas"]["Member"][];
            /** @description your own notes, at most 1 KiB */
            metadata?: {
                [key: string]: string;
            } | null;
            /** @description their name */
            name?: string | null;
            /** @description a plan that waits */
            next_plan?: string | null;
            /** @description an operator's pause: its reason, to customers only where words tell it */
            paused?: string | null;
            /** @description the paid period */
            period: components["schemas"]["Period"];
            /** @description their plan */
            plan: string;
            /**
             * @description how periods renew
             * @enum {string}
             */
            renews: "by_itself" | "when_paid";
            /** @description the last entry it wrote */
            seq: number;
            /** @description the wallet at exactly that `seq` */
            wallet?: components["schemas"]["WalletLine"] | null;
        };
        /** @description Who a customer is. Left out: unchanged; null: cleared. */
        CustomerRequest: {
            /** @description who acts for them */
            members?: components["schemas"]["Member"][] | null;
            /** @description your own notes, at most 1 KiB */
            metadata?: {
                [key: string]: string;
            } | null;
            /** @description their name */
            name?: string | null;
            /** @description their plan; the contract may name one for new customers */
            plan?: string | null;
            /** @description how periods renew */
            renews?: ("by_itself" | "when_paid") | null;
        };
        /** @description A page of customers. */
        Customers: {
            /** @description in the order of their ids */
            items: components["schemas"]["Customer"][];
            /** @description `cursor` of the next page; null: this is the last */
            next_cursor?: string | null;
        };
        /** @description A refusal with its numbers, words and ways forward. */
        Denial: {
            /** @description which action */
            action: string;
            /** @description never: a refusal writes nothing */
            applied: boolean;
            /** @description the last entry it has seen */
            as_of_seq: number;
            /**
             * @description nothing
             * @example 12.5
             */
            charged: string;
            /** @description its code: `/problems/{code}` says what it means. There may be more of them in time: what is not known is read by `retry_helps` and shown by `words` */
            code: string;
            /** @description the contract and its version */
            contract: string;
            /** @description what happened */
            detail: string;
            /**
             * @description what can be spent
             * @example 12.5
             */
            has: string;
            /**
             * @description what is set aside
             * @example 12.5
             */
            held: string;
            /** @description the limit, and whose it is */
            limit: Record<string, unknown>;
            /** @description what is missing */
            missing?: string | null;
            /** @description what it would cost */
            needs?: string | null;
            /** @description when the limit begins anew */
            resets_at?: string | null;
            /** @description does asking again soon help? */
            retry_helps: boolean;
            /** @description the HTTP status */
            status: number;
            /** @description its title */
            title: string;
            /** @description `/problems/` and its code */
            type: string;
            /** @description each would allow this run */
            ways_forward: components["schemas"]["WayForward"][];
            /** @description what the customer reads */
            words: string;
        };
        /** @description A part of a charge. */
        Drawn: {
            /**
             * @description how much
             * @example 12.5
             */
            amount: string;
            /** @description the grant; null: the credit line */
            grant?: string | null;
            /**
             * @description its kind
             * @enum {string}
             */
            kind: "gift" | "goodwill" | "plan" | "bought" | "owed";
        };
        /** @description A page of a customer's books. */
        Entries: {
            /** @description the last entry it has seen */
            as_of_seq: number;
            /** @description oldest first */
            items: components["schemas"]["Entry"][];
            /** @description `after` of the next page; null: this is the last */
            next_cursor?: string | null;
        };
        /** @description What one command wrote. */
        Entry: {
            /**
             * Format: date-time
             * @description the instant of the decision
             */
            at: string;
            /** @description the name of the key */
            by: string;
            /** @description what was done */
            command: string;
            /** @description the contract and its version */
            contract: string;
            /** @description what it says */
            facts: unknown;
            /** @description ties it to the one before */
            hash: string;
            /** @description the run it is about */
            run?: string | null;
            /** @description the last entry it wrote */
            seq: number;
            /** @description balanced, or none */
            transfers: components["schemas"]["Transfer"][];
        };
        /** @description Something that happened. */
        Event: {
            /** @description whose, the wallet right after it, and what it is about */
            data: Record<string, unknown>;
            /** @description its id, `evt_…`: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when
             */
            timestamp: string;
            /** @description what: `/v1/event-types` has all, with their JSON Schemas */
            type: string;
        };
        /** @description Something told before a limit is hit. */
        EventAlert: {
            /**
             * @description what about
             * @enum {string}
             */
            alert: "used" | "runs_out" | "expires";
            /** @description the credits it is about */
            amount?: string | null;
            /** @description the threshold that was reached: a share, or how long before */
            at?: string | null;
            /** @description the instant it is about */
            on?: string | null;
            /** @description what the customer reads */
            words: string;
        };
        /** @description The customer's own limits. */
        EventCaps: {
            /** @description automatic top-ups */
            auto_top_up?: components["schemas"]["AutoTopUp"] | null;
            /** @description members', a month */
            members?: {
                [key: string]: string;
            } | null;
            /** @description a month; left out: the contract's */
            month?: string | null;
        };
        /** @description What changed about a customer. */
        EventChange: {
            /** @description the item whose pause was lifted, `action/artifact` */
            item?: string | null;
            /** @description a plan that waits for the period's end */
            next_plan?: string | null;
            /** @description the payment that paid it */
            payment?: string | null;
            /** @description the paid period */
            period?: components["schemas"]["Period"] | null;
            /** @description their plan now */
            plan: string;
            /** @description why they are paused */
            reason?: string | null;
            /** @description what an unusual day came to before the run */
            today?: string | null;
            /** @description what a usual day comes to */
            usual?: string | null;
        };
        /** @description Credits of a payment that were taken back. */
        EventClawBack: {
            /** @description of which payment */
            payment: string;
            /**
             * @description taken now
             * @example 12.5
             */
            taken: string;
            /**
             * @description spent already
             * @example 12.5
             */
            unrecovered: string;
        };
        /** @description Credits that came or went. */
        EventGrant: {
            /**
             * @description how much
             * @example 12.5
             */
            amount: string;
            /** @description usable until before this instant; null: for ever */
            expires?: string | null;
            /** @description which */
            grant: string;
            /**
             * @description their kind
             * @enum {string}
             */
            kind: "gift" | "goodwill" | "plan" | "bought";
            /** @description the payment that bought them */
            payment?: string | null;
            /** @description why */
            reason?: string | null;
            /** @description true: they are not bought anew; they had been taken back, and what took them came to nothing */
            restored: boolean;
        };
        /**
         * caps.changed
         * @description The customer's own limits changed.
         */
        EventOfCapsChanged: {
            data: {
                /** @description The customer's own limits. */
                caps: components["schemas"]["EventCaps"];
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "caps.changed";
        };
        /**
         * customer.changed
         * @description Who a customer is changed: name, members, notes, how they renew.
         */
        EventOfCustomerChanged: {
            data: {
                /** @description What changed about a customer. */
                change: components["schemas"]["EventChange"];
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "customer.changed";
        };
        /**
         * customer.opened
         * @description A customer began.
         */
        EventOfCustomerOpened: {
            data: {
                /** @description What changed about a customer. */
                change: components["schemas"]["EventChange"];
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "customer.opened";
        };
        /**
         * customer.paused
         * @description An operator paused a customer's runs.
         */
        EventOfCustomerPaused: {
            data: {
                /** @description What changed about a customer. */
                change: components["schemas"]["EventChange"];
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "customer.paused";
        };
        /**
         * customer.plan_changed
         * @description The plan changed, or will at the period's end.
         */
        EventOfCustomerPlanChanged: {
            data: {
                /** @description What changed about a customer. */
                change: components["schemas"]["EventChange"];
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "customer.plan_changed";
        };
        /**
         * customer.renewed
         * @description A period began, or a month of credits in it.
         */
        EventOfCustomerRenewed: {
            data: {
                /** @description What changed about a customer. */
                change: components["schemas"]["EventChange"];
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "customer.renewed";
        };
        /**
         * customer.resumed
         * @description A pause was lifted.
         */
        EventOfCustomerResumed: {
            data: {
                /** @description What changed about a customer. */
                change: components["schemas"]["EventChange"];
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "customer.resumed";
        };
        /**
         * customer.unusual_day
         * @description A run was refused because the day is unusual: told once a day.
         */
        EventOfCustomerUnusualDay: {
            data: {
                /** @description What changed about a customer. */
                change: components["schemas"]["EventChange"];
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "customer.unusual_day";
        };
        /**
         * grant.added
         * @description Credits came: of the plan, bought, a gift, or goodwill.
         */
        EventOfGrantAdded: {
            data: {
                /** @description whose */
                customer: string;
                /** @description Credits that came or went. */
                grant: components["schemas"]["EventGrant"];
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "grant.added";
        };
        /**
         * grant.clawed_back
         * @description Credits of a payment were taken back.
         */
        EventOfGrantClawedBack: {
            data: {
                /** @description Credits of a payment that were taken back. */
                claw_back: components["schemas"]["EventClawBack"];
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "grant.clawed_back";
        };
        /**
         * grant.expired
         * @description Credits ran out of time.
         */
        EventOfGrantExpired: {
            data: {
                /** @description whose */
                customer: string;
                /** @description Credits that came or went. */
                grant: components["schemas"]["EventGrant"];
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "grant.expired";
        };
        /**
         * grant.expires_soon
         * @description Credits will expire, as long before as the contract says.
         */
        EventOfGrantExpiresSoon: {
            data: {
                /** @description Something told before a limit is hit. */
                alert: components["schemas"]["EventAlert"];
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "grant.expires_soon";
        };
        /**
         * override.began
         * @description Special terms began.
         */
        EventOfOverrideBegan: {
            data: {
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description Special terms. */
                override: components["schemas"]["EventOverride"];
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "override.began";
        };
        /**
         * own_key.changed
         * @description The customer's own AI key was stored, removed, or refused by its provider.
         */
        EventOfOwnKeyChanged: {
            data: {
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description The customer's own AI key. */
                own_key: components["schemas"]["EventOwnKey"];
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "own_key.changed";
        };
        /**
         * quote.confirmed
         * @description A quote was agreed to.
         */
        EventOfQuoteConfirmed: {
            data: {
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description A quote. */
                quote: components["schemas"]["EventQuote"];
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "quote.confirmed";
        };
        /**
         * run.answered
         * @description The customer's question about a receipt was answered.
         */
        EventOfRunAnswered: {
            data: {
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description A question about a receipt. */
                question: components["schemas"]["EventQuestion"];
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "run.answered";
        };
        /**
         * run.corrected
         * @description A run ended otherwise after all, in the customer's favour.
         */
        EventOfRunCorrected: {
            data: {
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description A run, as events tell it; its receipt has the rest. */
                run: components["schemas"]["EventRun"];
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "run.corrected";
        };
        /**
         * run.expired
         * @description A run's time was up: it is free.
         */
        EventOfRunExpired: {
            data: {
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description A run, as events tell it; its receipt has the rest. */
                run: components["schemas"]["EventRun"];
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "run.expired";
        };
        /**
         * run.extended
         * @description A run has more time.
         */
        EventOfRunExtended: {
            data: {
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description A run, as events tell it; its receipt has the rest. */
                run: components["schemas"]["EventRun"];
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "run.extended";
        };
        /**
         * run.held
         * @description A run began: its credits are set aside.
         */
        EventOfRunHeld: {
            data: {
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description A run, as events tell it; its receipt has the rest. */
                run: components["schemas"]["EventRun"];
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "run.held";
        };
        /**
         * run.questioned
         * @description The customer says that a receipt is wrong.
         */
        EventOfRunQuestioned: {
            data: {
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description A question about a receipt. */
                question: components["schemas"]["EventQuestion"];
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "run.questioned";
        };
        /**
         * run.refunded
         * @description Credits of a run were given back.
         */
        EventOfRunRefunded: {
            data: {
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description A run, as events tell it; its receipt has the rest. */
                run: components["schemas"]["EventRun"];
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "run.refunded";
        };
        /**
         * run.released
         * @description A run's credits were given back whole.
         */
        EventOfRunReleased: {
            data: {
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description A run, as events tell it; its receipt has the rest. */
                run: components["schemas"]["EventRun"];
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "run.released";
        };
        /**
         * run.settled
         * @description A run ended, and the contract said what it takes.
         */
        EventOfRunSettled: {
            data: {
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description A run, as events tell it; its receipt has the rest. */
                run: components["schemas"]["EventRun"];
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "run.settled";
        };
        /**
         * terms.began
         * @description A version of the contract began for the customer.
         */
        EventOfTermsBegan: {
            data: {
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description A version of the contract. */
                terms: components["schemas"]["EventTerms"];
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "terms.began";
        };
        /**
         * terms.changing
         * @description A version of the contract will begin for the customer: told once for each.
         */
        EventOfTermsChanging: {
            data: {
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description A version of the contract. */
                terms: components["schemas"]["EventTerms"];
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "terms.changing";
        };
        /**
         * top_up.wanted
         * @description The customer asked for automatic top-ups, and one is due within their monthly cap: charge them, and book it.
         */
        EventOfTopUpWanted: {
            data: {
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description A top-up that the customer asked for ahead: charge it, and book it as a top-up. */
                top_up: components["schemas"]["EventTopUp"];
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "top_up.wanted";
        };
        /**
         * wallet.runs_out_soon
         * @description At the customer's own pace the credits end soon: told once a period.
         */
        EventOfWalletRunsOutSoon: {
            data: {
                /** @description Something told before a limit is hit. */
                alert: components["schemas"]["EventAlert"];
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "wallet.runs_out_soon";
        };
        /**
         * wallet.used
         * @description A share of the credits is used: told once for each share and period.
         */
        EventOfWalletUsed: {
            data: {
                /** @description Something told before a limit is hit. */
                alert: components["schemas"]["EventAlert"];
                /** @description whose */
                customer: string;
                /** @description the member it is about; left out where it is about none */
                member?: string | null;
                /** @description the customer's last entry by then: events may come in another order */
                seq: number;
                /** @description the wallet right after that */
                wallet: components["schemas"]["WalletLine"];
            };
            /** @description its id: the same however often it is told */
            id: string;
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @constant */
            type: "wallet.used";
        };
        /** @description Special terms. */
        EventOverride: {
            /**
             * Format: date-time
             * @description they end before this instant
             */
            ends: string;
            /** @description which */
            id: string;
        };
        /** @description The customer's own AI key. */
        EventOwnKey: {
            /**
             * @description what happened to it
             * @enum {string}
             */
            now: "stored" | "removed" | "refused";
            /** @description for which provider */
            provider: string;
        };
        /** @description A question about a receipt. */
        EventQuestion: {
            /** @description which */
            question: string;
            /** @description about which run */
            run: string;
        };
        /** @description A quote. */
        EventQuote: {
            /** @description which */
            quote: string;
        };
        /** @description A run, as events tell it; its receipt has the rest. */
        EventRun: {
            /** @description which action */
            action: string;
            /** @description for which artifact */
            artifact?: string | null;
            /**
             * @description charged when it ended
             * @example 12.5
             */
            charged: string;
            /**
             * Format: date-time
             * @description held until before this instant
             */
            expires_at: string;
            /**
             * @description set aside when it began
             * @example 12.5
             */
            held: string;
            /** @description first, rest, reopened, redo or fresh */
            kind: string;
            /**
             * @description the mode it began in
             * @enum {string}
             */
            mode: "shadow" | "announce" | "enforce";
            /** @description how it ended */
            outcome?: string | null;
            /**
             * @description given back since
             * @example 12.5
             */
            refunded: string;
            /** @description the rule that decided what it takes */
            rule?: string | null;
            /** @description which */
            run: string;
            /**
             * @description where it stands
             * @enum {string}
             */
            status: "held" | "settled" | "released" | "expired";
        };
        /** @description A version of the contract. */
        EventTerms: {
            /** @description which */
            contract: string;
            /**
             * Format: date-time
             * @description not before this instant
             */
            effective: string;
            /**
             * @description then, or with the first period that begins then or later
             * @enum {string}
             */
            starts: "at_once" | "next_period";
        };
        /** @description A top-up that the customer asked for ahead: charge it, and book it as a top-up. */
        EventTopUp: {
            /**
             * @description because less than this can be used
             * @example 12.5
             */
            below: string;
            /**
             * @description so many were bought in this month already
             * @example 12.5
             */
            bought_this_month: string;
            /**
             * @description how many credits
             * @example 12.5
             */
            credits: string;
            /**
             * @description at most so many a month
             * @example 12.5
             */
            month_at_most: string;
        };
        /** @description A type of event. */
        EventType: {
            /** @description what it means */
            says: string;
            /** @description the JSON Schema of an event of this type */
            schema: Record<string, unknown>;
            /** @description its name */
            type: string;
        };
        /** @description Every type of event. */
        EventTypes: {
            /** @description all of them */
            items: components["schemas"]["EventType"][];
            /** @description always null */
            next_cursor?: string | null;
        };
        /** @description A page of events, the oldest first; as `text/event-stream` a stream of them, as they happen. A customer's stream begins with `stream.opened`, without an id: what happened up to its `seq` is not told in it. The first lines of a stream have an `id` all the same, without an event: whoever comes back with it misses nothing. */
        Events: {
            /** @description the oldest first, of the last 30 days; those told once stay */
            items: components["schemas"]["Event"][];
            /** @description `after` of the next page, also where this one has few or none; null: this is the last */
            next_cursor?: string | null;
        };
        /** @description Something that needs a person. */
        Exception: {
            /** @description what was run */
            action?: string | null;
            /** @description the credits it is about */
            amount?: string | null;
            /** @description for which artifact */
            artifact?: string | null;
            /**
             * Format: date-time
             * @description when it happened
             */
            at: string;
            /** @description the name of the key it came with; `probity`: by itself */
            by: string;
            /** @description whose; null: nobody's, or it is not known whose */
            customer?: string | null;
            /**
             * @description why it is here
             * @enum {string}
             */
            kind: "our_failure" | "key_refused" | "expired" | "late" | "would_be_denied" | "differs" | "too_many_attempts" | "unknown_cost" | "owed" | "unrecovered" | "odd_top_up" | "override" | "question" | "webhook_fails" | "payment_not_taken";
            /** @description the same in money */
            money?: string | null;
            /** @description what to do next */
            next: string;
            /** @description the run it is about */
            run?: string | null;
            /** @description the entry that says it; null: it is not in the books */
            seq?: number | null;
            /** @description what happened */
            what: string;
        };
        /** @description A page of what needs a person. */
        Exceptions: {
            /** @description what is so as long as nobody mends it (`webhook_fails`, `payment_not_taken`), on the first page; then the newest first. A page may have fewer of these than `limit`, even none, and a next one */
            items: components["schemas"]["Exception"][];
            /** @description `cursor` of the next page; null: this is the last */
            next_cursor?: string | null;
        };
        /** @description A run has more time. */
        Extended: {
            /**
             * Format: date-time
             * @description held until before this instant
             */
            expires_at: string;
            /** @description its id */
            run: string;
            /** @description the last entry it wrote */
            seq: number;
            /** @description the wallet */
            wallet: components["schemas"]["WalletLine"];
        };
        /** @description More time, counted from now. */
        Extension: {
            /**
             * @description how much, such as "20 minutes"
             * @example 20 minutes
             */
            for: string;
        };
        /** @description Runs that brought nothing, and what they cost us. */
        FreeRuns: {
            /** @description calls that we pay */
            attempts: number;
            /** @description why: failed, redo, reopened, experiment, plan and others */
            cause?: string | null;
            /** @description what its calls cost, as far as it is known; null: nothing of it is */
            cost?: string | null;
            /** @description how many */
            runs: number;
            /** @description runs that ended without any call reported: not in `cost` either */
            silent: number;
            /** @description of those: calls whose cost is not known, so not in `cost` */
            unknown: number;
        };
        /** @description What must be seen before it is enforced. */
        Gate: {
            /** @description what is asked for */
            conditions: components["schemas"]["GateCondition"][];
            /** @description all of it is; also where nothing is asked for */
            met: boolean;
        };
        /** @description One thing that is asked for. */
        GateCondition: {
            /** @description how much, in words */
            asks: string;
            /** @description how much there is */
            is: string;
            /** @description is it met? */
            met: boolean;
            /** @description what is missing, and what to do */
            missing?: string | null;
            /**
             * @description the key of `enforce_when`; `compared` is asked for with the last two
             * @enum {string}
             */
            what: "days" | "runs" | "compared" | "mismatches_below" | "bills_more_than_doubled";
        };
        /** @description Credits that were given or bought. */
        Grant: {
            /**
             * @description how many
             * @example 12.5
             */
            amount: string;
            /** @description until before when; null: for ever */
            expires?: string | null;
            /** @description its id */
            grant: string;
            /**
             * @description its kind
             * @enum {string}
             */
            kind: "gift" | "goodwill" | "plan" | "bought";
            /** @description the last entry it wrote */
            seq: number;
            /** @description the wallet at exactly that `seq` */
            wallet?: components["schemas"]["WalletLine"] | null;
        };
        /** @description A grant in the wallet. */
        GrantLine: {
            /**
             * @description what was given
             * @example 12.5
             */
            amount: string;
            /**
             * @description what can be drawn
             * @example 12.5
             */
            available: string;
            /**
             * Format: date-time
             * @description from when
             */
            effective: string;
            /** @description until before when; null: for ever */
            expires?: string | null;
            /** @description its id */
            grant: string;
            /**
             * @description what is set aside
             * @example 12.5
             */
            held: string;
            /**
             * @description its kind
             * @enum {string}
             */
            kind: "gift" | "goodwill" | "plan" | "bought";
            /** @description what was paid for it */
            paid?: string | null;
        };
        /** @description Credits are given. */
        GrantRequest: {
            /**
             * @description how many
             * @example 12.5
             */
            amount: string;
            /** @description until when; null: as the contract says */
            expires?: string | null;
            /**
             * @description what kind
             * @enum {string}
             */
            kind: "gift" | "goodwill";
            /** @description why */
            reason?: string | null;
        };
        /** @description The price that is charged even if nothing is found, and its soft counterpart. */
        HarshPair: {
            /** @description the share that found nothing, as it was seen */
            empty?: string | null;
            /**
             * @description what every run costs, found or not
             * @example 12.5
             */
            harsh: string;
            /** @description what a run would bring if empty were free */
            harsh_price_softly?: string | null;
            /** @description the price that would earn the same if empty were free */
            soft?: string | null;
        };
        /** @description What was answered to a key. */
        Idempotency: {
            /** @description the JSON it was answered with */
            body?: unknown | null;
            /** @description where it was not applied: what that means, and what to do */
            detail?: string | null;
            /** @description not applied since then; what was before is not known any more */
            since?: string | null;
            /**
             * @description whether it was applied, as far back as keys are remembered: 7 days
             * @enum {string}
             */
            state: "applied" | "not_applied";
            /** @description the status it was answered with */
            status?: number | null;
        };
        /** @description A customer's own runs of an action that began in the last 30 days and ended. */
        LastDays: {
            /**
             * @description what they were charged, less what was given back
             * @example 12.5
             */
            charged: string;
            /** @description how many */
            runs: number;
        };
        /** @description Usage reported after the run ended: the cost book only. */
        LateAttempts: {
            /** @description the calls */
            attempts: components["schemas"]["Attempt"][];
        };
        /** @description What was published last, as it was written. */
        LatestTexts: {
            /** @description the contract and its version */
            contract: string;
            /** @description the revision of operations */
            operations: number;
            /** @description what is rolled out how */
            rollout: components["schemas"]["Rollout"];
            /** @description the files */
            texts: components["schemas"]["Texts"];
        };
        /** @description A version that somebody lived under. */
        LivedUnder: {
            /** @description the contract and its version */
            contract: string;
            /**
             * Format: date-time
             * @description from when
             */
            from: string;
        };
        /** @description A customer who costs more than they bring, or costs most. */
        MarginCustomer: {
            /** @description calls that we pay */
            attempts: number;
            /**
             * @description enforced: what was charged; would_be: shadow and announce, what would have been
             * @enum {string}
             */
            books: "enforced" | "would_be";
            /** @description credits that were charged */
            charged?: string | null;
            /** @description what its calls cost, as far as it is known; null: nothing of it is */
            cost?: string | null;
            /** @description whose */
            customer: string;
            /** @description runs that ended */
            ended: number;
            /** @description of `charged`: gifts, goodwill, credits of plans without a price */
            given?: string | null;
            /** @description profit as a share of revenue; at most that where `whole` is false */
            margin?: string | null;
            /** @description revenue less overhead less `cost` */
            profit?: string | null;
            /** @description credits of charges that were given back */
            refunded?: string | null;
            /** @description charged less refunded, of credits that were paid for, at their lowest value */
            revenue?: string | null;
            /** @description runs that ended without any call reported: not in `cost` either */
            silent: number;
            /** @description of `charged`: from a credit line, so perhaps never paid: not in `revenue` */
            unclear?: string | null;
            /** @description of those: calls whose cost is not known, so not in `cost` */
            unknown: number;
        };
        /** @description An action on a plan, or everything. */
        MarginRow: {
            /** @description `unit_cost` is above it */
            above?: ("typical" | "worst") | null;
            /** @description the action; null in totals */
            action?: string | null;
            /** @description calls that we pay */
            attempts: number;
            /** @description `margin` is below `keep_margin` */
            below: boolean;
            /**
             * @description enforced: what was charged; would_be: shadow and announce, what would have been
             * @enum {string}
             */
            books: "enforced" | "would_be";
            /** @description credits that were charged */
            charged?: string | null;
            /** @description what its calls cost, as far as it is known; null: nothing of it is */
            cost?: string | null;
            /** @description of those: delivered */
            delivered: number;
            /** @description of those: nothing was found */
            empty: number;
            /** @description of runs that looked for something: the share that found nothing */
            empty_rate?: string | null;
            /** @description runs that ended */
            ended: number;
            /** @description the margin at the usual price and the typical cost */
            expected_margin?: string | null;
            /** @description of those: failed, or not reported in time */
            failed: number;
            /** @description calls on another model than the call before */
            fallbacks: number;
            /** @description runs that brought nothing */
            free: components["schemas"]["FreeRuns"];
            /** @description the same by cause, the dearest first */
            free_by: components["schemas"]["FreeRuns"][];
            /** @description of `charged`: gifts, goodwill, credits of plans without a price */
            given?: string | null;
            /** @description profit as a share of revenue; at most that where `whole` is false */
            margin?: string | null;
            /** @description what customers' own keys pay */
            own_key: components["schemas"]["Spent"];
            /** @description charged even if nothing is found: the price that earns as much */
            pair?: components["schemas"]["HarshPair"] | null;
            /** @description of those: in part */
            partial: number;
            /** @description the plan; null in totals */
            plan?: string | null;
            /** @description revenue less overhead less `cost` */
            profit?: string | null;
            /** @description credits of charges that were given back */
            refunded?: string | null;
            /** @description runs with more than one call */
            retried: number;
            /** @description charged less refunded, of credits that were paid for, at their lowest value */
            revenue?: string | null;
            /** @description runs that began */
            runs: number;
            /** @description runs that ended without any call reported: not in `cost` either */
            silent: number;
            /** @description runs that ended with calls reported */
            told: number;
            /** @description what a unit costs typically, by the contract's costs */
            typical?: string | null;
            /** @description of `charged`: from a credit line, so perhaps never paid: not in `revenue` */
            unclear?: string | null;
            /** @description `cost` ÷ `units`: with failures, redos and retries */
            unit_cost?: string | null;
            /** @description units that customers got or paid for; a part is its share */
            units: string;
            /** @description of those: calls whose cost is not known, so not in `cost` */
            unknown: number;
            /** @description everything is known that it cost */
            whole: boolean;
            /** @description and at worst */
            worst?: string | null;
            /** @description and at worst */
            worst_margin?: string | null;
        };
        /** @description What runs cost and brought, against what the contract in force reckons. */
        Margins: {
            /** @description the version that it is held against */
            contract: string;
            /** @description the lowest value of a credit; null: nothing says it */
            credit?: string | null;
            /** @description those who cost more than they bring first, then those who cost most */
            customers: components["schemas"]["MarginCustomer"][];
            /** @description false: of some customers only a part is known */
            customers_whole: boolean;
            /** @description the margin that is to be kept, `keep_margin.typical` */
            keep_margin?: string | null;
            /** @description entries of the journal that were read */
            looked_at: number;
            /** @description and its private half */
            operations: components["schemas"]["CostsInForce"];
            /** @description each action on each plan */
            rows: components["schemas"]["MarginRow"][];
            /**
             * Format: date-time
             * @description nothing before this instant
             */
            since: string;
            /** @description all together, by `books` */
            totals: components["schemas"]["MarginRow"][];
            /** @description models of calls whose cost is not known */
            unknown_models: components["schemas"]["UnknownModel"][];
            /**
             * Format: date-time
             * @description nothing from this instant on
             */
            until: string;
        };
        /** @description Who acts for a customer. */
        Member: {
            /** @description their id within the customer */
            id: string;
            /** @description their name */
            name?: string | null;
        };
        /** @description A sum of money. */
        Money: {
            /** @description a decimal string, such as "10.00" */
            amount: string;
            /** @description its code, such as "USD" */
            currency: string;
        };
        /** @description A plan that waits for the period's end. */
        NextPlan: {
            /** @description which */
            plan: string;
            /** @description what it is called */
            plan_name: string;
            /** @description the plan in plain words */
            plan_words: components["schemas"]["TermsFact"][];
            /** @description what it costs; null: nothing */
            price?: string | null;
            /**
             * Format: date-time
             * @description when it begins
             */
            starts: string;
        };
        /** @description No fields. */
        Nothing: Record<string, unknown>;
        /** @description Special terms, as they were asked for. */
        Override: {
            /** @description the name of the key */
            by: string;
            /**
             * Format: date-time
             * @description they end before this instant
             */
            ends: string;
            /** @description its id */
            override: string;
            /** @description the last entry it wrote */
            seq: number;
            /** @description the wallet at exactly that `seq` */
            wallet?: components["schemas"]["WalletLine"] | null;
        };
        /** @description Special terms for one customer, better than the plan. */
        OverrideRequest: {
            /** @description free units by action */
            allowances?: {
                [key: string]: string | components["schemas"]["Allowance"];
            } | null;
            /** @description how many runs at once */
            at_once?: number | null;
            /** @description the best class of models */
            best_model?: string | null;
            /** @description how far below nothing the wallet may go */
            credit_line?: string | null;
            /** @description prices by action */
            prices?: {
                [key: string]: string | components["schemas"]["PriceTerms"];
            } | null;
            /** @description why */
            reason: string;
            /**
             * Format: date
             * @description the last day
             */
            until: string;
        };
        /** @description What is known of the customer's own AI key: never the key. */
        OwnKey: {
            /** @description its last letters, to know it again by */
            ends_with?: string | null;
            /** @description whose key it is */
            provider: string;
            /** @description when its provider refused it; runs need another from then on */
            refused?: string | null;
            /** @description the last entry it wrote */
            seq: number;
            /** @description since when it is kept; null: it is not kept */
            stored_at?: string | null;
            /** @description the wallet at exactly that `seq` */
            wallet?: components["schemas"]["WalletLine"] | null;
        };
        /** @description A customer's own AI key that is kept: never the key. */
        OwnKeyKept: {
            /** @description the last entry it has seen */
            as_of_seq: number;
            /** @description its last letters, to know it again by */
            ends_with?: string | null;
            /** @description whose key it is */
            provider: string;
            /** @description when its provider refused it; runs need another from then on */
            refused?: string | null;
            /** @description since when it is kept; null: it is not kept */
            stored_at?: string | null;
        };
        /** @description The customer's own AI key. */
        OwnKeyRequest: {
            /** @description as its provider gave it: 8 to 512 visible letters */
            key: string;
        };
        /** @description Stop this customer's runs. */
        Pause: {
            /** @description why, in words for the customer: they read it as it stands, unless the contract's own sentence for `paused_by_us` leaves the reason out */
            reason: string;
        };
        /** @description A window, half-open. */
        Period: {
            /**
             * Format: date-time
             * @description its first instant
             */
            from: string;
            /**
             * Format: date-time
             * @description the first instant after it
             */
            until: string;
        };
        /** @description What your present billing did. */
        PresentBilling: {
            /** @description whether it allowed the run */
            allowed?: boolean | null;
            /** @description what it charged */
            charged?: string | null;
        };
        /** @description One action as it is offered. */
        PriceLine: {
            /** @description which action */
            action: string;
            /** @description would it start? */
            allowed: boolean;
            /** @description show the price and ask first */
            ask: boolean;
            /** @description the price is the most it may come to: how many units is not known */
            at_most: boolean;
            /** @description why not */
            denial?: components["schemas"]["Denial"] | null;
            /** @description it costs nothing now */
            free: boolean;
            /** @description may be charged though nothing is found */
            harsh: boolean;
            /** @description only where it is asked for */
            last_30_days?: components["schemas"]["LastDays"] | null;
            /** @description units left of its allowance */
            left?: number | null;
            /** @description in money */
            money?: string | null;
            /** @description its name */
            name: string;
            /** @description it runs on the customer's own AI key, whose provider bills them besides */
            own_key: boolean;
            /**
             * @description what it would cost now; by quantity, at most
             * @example 12.5
             */
            price: string;
            /** @description what one of it is called */
            unit: string;
            /** @description what the customer reads */
            words: string;
            /** @description what would be, in shadow and announce */
            would?: components["schemas"]["WouldBe"] | null;
        };
        /** @description A price: `credits` for each run, or `each` by quantity. */
        PriceTerms: {
            /** @description the least a run costs */
            at_least?: string | null;
            /** @description the most a run costs */
            at_most?: string | null;
            /** @description for each run */
            credits?: string | null;
            /** @description for each unit */
            each?: string | null;
            /** @description on the customer's own key */
            on_your_key?: boolean | null;
            /** @description the largest quantity taken */
            up_to?: number | null;
        };
        /** @description Every action with its price. */
        Prices: {
            /** @description the last entry it has seen */
            as_of_seq: number;
            /** @description in the contract's order */
            items: components["schemas"]["PriceLine"][];
        };
        /** @description A problem, as RFC 9457 has it. */
        Problem: {
            /** @description nothing was applied, or it is not known */
            applied: false | "unknown";
            /** @enum {string} */
            code: "paused" | "renewal_due" | "not_in_plan" | "model_above_plan" | "own_key_missing" | "own_key_cap" | "bad_input" | "confirmation_needed" | "in_progress" | "item_paused" | "too_many_at_once" | "surge" | "our_budget_used" | "allowance_used" | "price_above_max" | "spend_cap_reached" | "credits_in_flight" | "not_enough_credits" | "invalid_json" | "unauthenticated" | "forbidden" | "above_your_limit" | "top_ups_not_offered" | "not_found" | "method_not_allowed" | "already_settled" | "too_late_to_correct" | "payment_reused" | "notice_owed" | "published_meanwhile" | "too_early" | "already_done" | "idempotency_in_progress" | "quote_used" | "quote_expired" | "too_large" | "unsupported_media_type" | "invalid_request" | "idempotency_key_reused" | "quote_invalid" | "quote_mismatch" | "nothing_to_refund" | "refund_exceeds_charged" | "correction_not_in_favour" | "override_not_better" | "contract_refused" | "upstream_failed" | "upstream_timeout" | "overloaded" | "billing_unavailable";
            detail: string;
            /** @description the field that is wrong */
            field?: string;
            status: number;
            title: string;
            type: string;
        };
        /** @description The contract in force, in plain words. */
        PublicContract: {
            /** @description for whom, what a credit is worth */
            about: string[];
            /** @description each action */
            actions: Record<string, unknown>[];
            /** @description the contract and its version */
            contract: string;
            /** @description its currency */
            currency: string;
            /** @description since when; null: from the beginning */
            effective?: string | null;
            /** @description where customers buy credits, choose a plan, add a key, talk to somebody; null: nowhere */
            links: Record<string, unknown>;
            /** @description of roll-out; shadow is told to secret keys only */
            mode?: ("shadow" | "announce" | "enforce") | null;
            /** @description its name */
            name: string;
            /** @description each plan */
            plans: Record<string, unknown>[];
            /** @description what else is promised */
            promises: Record<string, unknown>[];
            /** @description who is charged and refused, in words; to secret keys only */
            rollout?: string | null;
            /** @description free, paid, paid even if nothing is found */
            summary: Record<string, unknown>;
            /** @description as values: the time zone, the smallest amount, how long credits last by kind, where new customers begin, the most a month unless they set another, whether automatic top-ups may be asked for, by plan its credits and whether it sells more */
            terms: Record<string, unknown>;
            /** @description its version */
            version: number;
        };
        /** @description A version that was published. */
        PublishedContract: {
            /** @description the name of the key */
            by: string;
            /** @description the contract and its version */
            contract: string;
            /**
             * Format: date-time
             * @description from when on it may apply
             */
            effective: string;
            /** @description SHA-256 of its text */
            hash: string;
            /**
             * Format: date-time
             * @description when
             */
            published_at: string;
            /** @description why */
            reason?: string | null;
            /** @description of operations, published with it or after it, oldest first */
            revisions: components["schemas"]["PublishedOperations"][];
        };
        /** @description A revision of operations that was published. */
        PublishedOperations: {
            /** @description the name of the key */
            by: string;
            /** @description its number */
            operations: number;
            /**
             * Format: date-time
             * @description when
             */
            published_at: string;
            /** @description why */
            reason?: string | null;
            /** @description what is rolled out how */
            rollout: components["schemas"]["Rollout"];
            /** @description the same before, where it was otherwise */
            rollout_was?: components["schemas"]["Rollout"] | null;
        };
        /** @description What publishing came to, or would. */
        Publishing: {
            /** @description it is worse for somebody and holds now: no notice is promised */
            at_once: boolean;
            /** @description every key that differs */
            changes: Record<string, unknown>[];
            /**
             * @description what it is to customers
             * @enum {string}
             */
            class: "neutral" | "better" | "adverse";
            /** @description the contract and its version */
            contract: string;
            /**
             * Format: date-time
             * @description from when on it may apply
             */
            effective: string;
            /** @description what operations ask to be seen first, where this enforces what was not */
            enforce_when?: string | null;
            /** @description what the contract should not say */
            lint: Record<string, unknown>[];
            /** @description all of it was published last: nothing was written */
            nothing_new: boolean;
            /** @description the draft of what customers are told; may be empty */
            notice: string;
            /** @description the revision of operations */
            operations: number;
            /** @description who is charged and refused, in words */
            rollout?: string | null;
            /** @description the same before, where it was otherwise */
            rollout_was?: string | null;
            /** @description the version announced before, which it may not overtake: both start together */
            waits_for?: string | null;
        };
        /** @description What is wrong with a receipt. */
        Question: {
            /** @description what the customer says */
            text: string;
        };
        /** @description A question was kept. */
        QuestionKept: {
            /** @description its id */
            question: string;
        };
        /** @description A price promised for one run. */
        Quote: {
            /** @description the last entry it has seen */
            as_of_seq: number;
            /** @description the contract and its version */
            contract: string;
            /** @description why not */
            denial?: components["schemas"]["Denial"] | null;
            /**
             * Format: date-time
             * @description honoured until before this instant
             */
            expires_at: string;
            /** @description its id, by which receipts and the books name it */
            id: string;
            /** @description what each ending costs; null: it depends */
            if: {
                [key: string]: string | null;
            };
            /** @description in money */
            money?: string | null;
            /** @description it must be confirmed before it is used */
            needs_confirmation: boolean;
            /**
             * @description what it would cost this moment
             * @example 12.5
             */
            now: string;
            /** @description the revision of operations */
            operations: number;
            /**
             * @description the price promised, free units not counted
             * @example 12.5
             */
            price: string;
            /** @description the signed quote, `qt_…` */
            quote: string;
            /** @description could it start now? */
            sufficient: boolean;
            /** @description what the contract tells of runs on the customer's own key */
            tell?: string | null;
            /** @description the sentence to be agreed to */
            warning?: string | null;
            /** @description what would be, in shadow and announce */
            would?: components["schemas"]["WouldBe"] | null;
        };
        /** @description A price is to be promised for one run. */
        QuoteRequest: {
            /** @description which action */
            action: string;
            /** @description another try, or a fresh run */
            again?: ("redo" | "fresh") | null;
            /** @description the customer's own thing the result belongs to */
            artifact?: string | null;
            /** @description whose run it is */
            customer: string;
            /** @description what the action needs, by name */
            inputs?: {
                [key: string]: unknown | null;
            } | null;
            /** @description which member asks */
            member?: string | null;
            /** @description which model it will use */
            model?: string | null;
            /** @description the call brings a working key of its own */
            own_key?: boolean | null;
            /** @description experiments never touch the wallet */
            purpose?: ("production" | "experiment") | null;
            /** @description how many units, where the price is by quantity */
            quantity?: number | null;
        };
        /** @description A run explained, also when it cost nothing. */
        Receipt: {
            /** @description which action */
            action: string;
            /** @description for which artifact */
            artifact?: string | null;
            /** @description the last entry it has seen */
            as_of_seq?: number | null;
            /** @description calls; only for secret keys */
            attempts?: Record<string, unknown>[] | null;
            /**
             * @description what was charged
             * @example 12.5
             */
            charged: string;
            /** @description what was agreed to */
            confirmation?: Record<string, unknown> | null;
            /** @description the contract and its version */
            contract: string;
            /** @description what they cost, in USD; only for secret keys, null where unknown */
            cost?: string | null;
            /** @description whose */
            customer: string;
            /** @description who said so */
            decided_by?: ("product" | "contract") | null;
            /** @description what the charge was drawn from */
            drawn: components["schemas"]["Drawn"][];
            /** @description when it ended */
            ended_at?: string | null;
            /**
             * @description what was set aside
             * @example 12.5
             */
            held: string;
            /**
             * @description what kind it is
             * @enum {string}
             */
            kind: "first" | "rest" | "reopened" | "redo" | "fresh";
            /** @description reported after its time was up */
            late: boolean;
            /** @description by which member */
            member?: string | null;
            /**
             * @description the mode it lives in
             * @enum {string}
             */
            mode: "shadow" | "announce" | "enforce";
            /**
             * Format: date-time
             * @description when it began
             */
            opened_at: string;
            /** @description the revision of operations */
            operations: number;
            /** @description how it ended; null while it runs */
            outcome?: ("delivered" | "partial" | "empty" | "failed" | "bad_input" | "blocked" | "cancelled" | "abandoned" | "reopened") | null;
            /** @description parts that this run brought; on a `rest` beside those of runs before */
            parts?: number | null;
            /** @description parts of the whole */
            parts_total?: number | null;
            /**
             * @description production or experiment
             * @enum {string}
             */
            purpose: "production" | "experiment";
            /** @description units that arrived, or were asked for */
            quantity?: number | null;
            /** @description what the customer asked about it, the oldest first; only where one receipt is read */
            questions?: components["schemas"]["AskedAboutReceipt"][] | null;
            /** @description the `id` of the quote it used */
            quote?: string | null;
            /** @description the price a quote promised */
            quoted?: string | null;
            /** @description a finer reason */
            reason?: string | null;
            /**
             * @description what was given back since
             * @example 12.5
             */
            refunded: string;
            /** @description each time something was given back, the oldest first; of more than 64 the last ones */
            refunds: components["schemas"]["RefundLine"][];
            /**
             * @description what was released when it ended
             * @example 12.5
             */
            released: string;
            /** @description the rule that decided; null while it runs */
            rule?: ("charge" | "share" | "quantity" | "free_action" | "allowance" | "reopened" | "same_again" | "redo" | "on_your_key" | "experiment" | "outcome_free" | "paid_even_if" | "too_slow" | "corrected" | "shadow" | "announce") | null;
            /** @description its id */
            run: string;
            /** @description the last entry it wrote */
            seq: number;
            /**
             * @description where it stands
             * @enum {string}
             */
            status: "held" | "settled" | "released" | "expired";
            /** @description units the allowance covered */
            units_free: number;
            /** @description the wallet */
            wallet: components["schemas"]["WalletLine"];
            /** @description the rule in one sentence */
            why: string;
            /** @description what the customer reads */
            words: string;
            /** @description what would be, in shadow and announce */
            would?: components["schemas"]["WouldBe"] | null;
        };
        /** @description Charged credits are given back. */
        Refund: {
            /** @description how many; null: all that is left of the charge */
            amount?: string | null;
            /** @description why, told to the customer */
            reason?: string | null;
        };
        /** @description Charged credits that were given back. */
        RefundLine: {
            /**
             * @description how much
             * @example 12.5
             */
            amount: string;
            /**
             * Format: date-time
             * @description when
             */
            at: string;
            /** @description it was found out that the run ended otherwise */
            corrected: boolean;
            /** @description why */
            reason?: string | null;
            /** @description usable until before this; null: for ever */
            usable_until?: string | null;
        };
        /** @description A period was paid for. */
        Renewal: {
            /** @description the payment's id */
            payment?: string | null;
        };
        /** @description A period was paid for. */
        Renewed: {
            /** @description the credits it brings */
            grants: Record<string, unknown>[];
            /** @description the period */
            period: components["schemas"]["Period"];
            /** @description the last entry it wrote */
            seq: number;
            /** @description the wallet at exactly that `seq` */
            wallet?: components["schemas"]["WalletLine"] | null;
        };
        /** @description What is sent again from now on, at most 1000 events at once: one of the fields. */
        ReplayRequest: {
            /** @description the same from after this event on: `next_after` of the answer before */
            after?: string | null;
            /** @description true: what never arrived and is tried no more */
            dead?: boolean | null;
            /** @description these events, whether they arrived or not */
            events?: string[] | null;
            /** @description every event the endpoint takes, from this instant on, whether it arrived or not, also what happened while it was stopped */
            since?: string | null;
        };
        /** @description What is sent again. */
        Replayed: {
            /** @description there are more: `after` of the next request */
            next_after?: string | null;
            /** @description so many events */
            replayed: number;
        };
        /** @description How a run ended: an outcome, never an amount. */
        Report: {
            /** @description calls to models and suppliers */
            attempts?: components["schemas"]["Attempt"][] | null;
            /** @description what your present billing did, for comparison */
            now?: components["schemas"]["PresentBilling"] | null;
            /**
             * @description how it ended
             * @enum {string}
             */
            outcome: "delivered" | "partial" | "empty" | "failed" | "bad_input" | "blocked" | "cancelled" | "abandoned" | "reopened";
            /** @description how many parts this run brought; left out where the whole is there now, also on a `rest`; `delivered` with fewer than the action has is `partial` */
            parts?: number | null;
            /** @description how many units arrived; never charged above what was held */
            quantity?: number | null;
            /** @description a finer reason, for the receipt */
            reason?: string | null;
        };
        /** @description Lift a pause: an operator's, an unusual day's, or that of one artifact. */
        Resume: {
            /** @description of which action, where several have that artifact */
            action?: string | null;
            /** @description the artifact that failed too often; null: the customer */
            artifact?: string | null;
        };
        /** @description What is rolled out how; the most lenient of action and plan applies. */
        Rollout: {
            /** @description by action */
            actions: {
                [key: string]: "shadow" | "announce" | "enforce";
            };
            /**
             * @description where neither is listed
             * @enum {string}
             */
            default: "shadow" | "announce" | "enforce";
            /** @description by plan */
            plans: {
                [key: string]: "shadow" | "announce" | "enforce";
            };
            /** @description of customers; the others are in shadow */
            share: string;
        };
        /** @description A new secret for an endpoint. */
        RotateRequest: {
            /** @description how long the old one signs beside it, at most 7 days; left out: 24 hours */
            old_lasts?: string | null;
        };
        /** @description A run that began. With `outcome` in the request the answer is the receipt. */
        Run: {
            /** @description the contract and its version */
            contract: string;
            /** @description held until before this instant */
            expires_at?: string | null;
            /**
             * @description what is set aside
             * @example 12.5
             */
            held: string;
            /**
             * @description what kind it is
             * @enum {string}
             */
            kind: "first" | "rest" | "reopened" | "redo" | "fresh";
            /**
             * @description the mode it lives in
             * @enum {string}
             */
            mode: "shadow" | "announce" | "enforce";
            /** @description the models it may use; null: any */
            models_allowed?: string[] | null;
            /** @description only where it has ended */
            outcome?: ("delivered" | "partial" | "empty" | "failed" | "bad_input" | "blocked" | "cancelled" | "abandoned" | "reopened") | null;
            /** @description what it costs if delivered */
            price?: string | null;
            /** @description its id */
            run: string;
            /** @description the last entry it wrote */
            seq: number;
            /**
             * @description where it stands
             * @enum {string}
             */
            status: "held" | "settled" | "released" | "expired";
            /** @description what the contract tells of runs on the customer's own key */
            tell?: string | null;
            /** @description the wallet */
            wallet: components["schemas"]["WalletLine"];
            /** @description what the customer reads */
            words: string;
            /** @description what would be, in shadow and announce */
            would?: components["schemas"]["WouldBe"] | null;
        };
        /** @description A run is asked for. With `outcome` it is held and settled in one. */
        RunRequest: {
            /** @description which action; a quote says it too */
            action?: string | null;
            /** @description another try, or a fresh run */
            again?: ("redo" | "fresh") | null;
            /** @description with an outcome: units that arrived, if not `quantity` */
            arrived?: number | null;
            /** @description the customer's own thing the result belongs to */
            artifact?: string | null;
            /** @description calls to models and suppliers */
            attempts?: components["schemas"]["Attempt"][] | null;
            /** @description the customer agreed; secret keys only */
            confirmed?: boolean | null;
            /** @description whose run it is */
            customer: string;
            /** @description how long to hold */
            hold_for?: string | null;
            /** @description what the action needs, by name */
            inputs?: {
                [key: string]: unknown | null;
            } | null;
            /** @description the most you will pay */
            max_price?: string | null;
            /** @description which member asks */
            member?: string | null;
            /** @description your own notes, at most 1 KiB */
            metadata?: {
                [key: string]: string;
            } | null;
            /** @description which model it will use */
            model?: string | null;
            /** @description what your present billing did, for comparison */
            now?: components["schemas"]["PresentBilling"] | null;
            /** @description how it ended: hold and settle in one */
            outcome?: ("delivered" | "partial" | "empty" | "failed" | "bad_input" | "blocked" | "cancelled" | "abandoned" | "reopened") | null;
            /** @description the call brings a working key of its own */
            own_key?: boolean | null;
            /** @description how many parts this run brought; left out where the whole is there now, also on a `rest`; `delivered` with fewer than the action has is `partial` */
            parts?: number | null;
            /** @description experiments never touch the wallet */
            purpose?: ("production" | "experiment") | null;
            /** @description how many units, where the price is by quantity */
            quantity?: number | null;
            /** @description the signed quote it is to use */
            quote?: string | null;
            /** @description a finer reason, for the receipt */
            reason?: string | null;
        };
        /** @description A page of receipts. */
        Runs: {
            /** @description the last entry it has seen */
            as_of_seq: number;
            /** @description the newest first */
            items: components["schemas"]["Receipt"][];
            /** @description `cursor` of the next page; null: this is the last */
            next_cursor?: string | null;
        };
        /** @description What was said to a question. */
        SaidToQuestion: {
            /**
             * Format: date-time
             * @description when
             */
            at: string;
            /** @description what */
            text: string;
        };
        /** @description Customers of whom it is known what today's billing charges: for the same runs they would pay */
        ShadowAgainst: {
            /** @description how many */
            compared: number;
            /** @description less */
            less: number;
            /** @description more */
            more: number;
            /** @description of those, more than double */
            more_than_doubled: number;
            /** @description the same */
            same: number;
        };
        /** @description One customer's bill. */
        ShadowBill: {
            /** @description what would be charged for the same runs */
            beside_today?: string | null;
            /**
             * @description what would be charged
             * @example 12.5
             */
            charged: string;
            /** @description whose */
            customer: string;
            /** @description would be refused */
            denied: number;
            /**
             * @description what would be given back
             * @example 12.5
             */
            given_back: string;
            /** @description the plan of their last run */
            plan?: string | null;
            /** @description how many runs */
            runs: number;
            /** @description what today's billing charged; null: it is not known */
            today?: string | null;
        };
        /** @description Runs that would be otherwise than today, for one cause. */
        ShadowCause: {
            /** @description the rule or the code that explains it */
            cause: string;
            /** @description a few of them */
            examples: components["schemas"]["ShadowExample"][];
            /** @description how many runs */
            runs: number;
            /** @description the same in a sentence */
            says: string;
            /**
             * @description what today's billing charged for them
             * @example 12.5
             */
            today: string;
            /**
             * @description how
             * @enum {string}
             */
            verdict: "more" | "less" | "would_stop" | "would_not_stop";
            /**
             * @description what would be charged for them
             * @example 12.5
             */
            would: string;
        };
        /** @description Everybody's bills, as they would be. */
        ShadowCustomers: {
            /** @description against today's bills */
            against_today: components["schemas"]["ShadowAgainst"];
            /** @description how many */
            customers: number;
            /** @description would meet a refusal */
            denied: number;
            /** @description more than doubled: the most credits */
            doubled: components["schemas"]["ShadowBill"][];
            /** @description those who would be charged most */
            top: components["schemas"]["ShadowBill"][];
            /** @description the same of runs that were not enforced: what the gate counts */
            watched: components["schemas"]["ShadowAgainst"];
        };
        /** @description One day. */
        ShadowDay: {
            /**
             * @description what would be charged
             * @example 12.5
             */
            charged: string;
            /**
             * Format: date
             * @description which
             */
            day: string;
            /** @description would be refused */
            denied: number;
            /** @description how many runs */
            runs: number;
            /**
             * @description what today's billing charged, where it says so
             * @example 12.5
             */
            today: string;
        };
        /** @description Runs that would be refused for one reason. */
        ShadowDenials: {
            /** @description the code */
            code: string;
            /**
             * @description what they would cost
             * @example 12.5
             */
            price: string;
            /** @description how many runs */
            runs: number;
            /** @description its title */
            title: string;
        };
        /** @description A run to look at, with words to read aloud. */
        ShadowExample: {
            /** @description what was run */
            action: string;
            /** @description for which artifact */
            artifact?: string | null;
            /**
             * Format: date-time
             * @description when it ended
             */
            at: string;
            /** @description whose */
            customer: string;
            /** @description how it ended */
            outcome: string;
            /** @description which run */
            run: string;
            /** @description what today's billing charged */
            today?: string | null;
            /** @description what the customer would have read; of a refusal, why */
            words?: string | null;
            /**
             * @description what would be charged
             * @example 12.5
             */
            would: string;
        };
        /** @description The sums of one action or plan. */
        ShadowLine: {
            /** @description its id */
            id: string;
            /** @description its name */
            name: string;
            /** @description its sums */
            sums: components["schemas"]["ShadowSums"];
        };
        /** @description What was watched in a window: what would be charged and refused, beside today's billing. */
        ShadowReport: {
            /** @description only this action */
            action?: string | null;
            /** @description by action */
            actions: components["schemas"]["ShadowLine"][];
            /** @description what would be otherwise than today, by cause, the most frequent first */
            causes: components["schemas"]["ShadowCause"][];
            /** @description the contract and its version */
            contract: string;
            /** @description everybody's bills */
            customers: components["schemas"]["ShadowCustomers"];
            /** @description by day, in the contract's zone */
            days: components["schemas"]["ShadowDay"][];
            /** @description would-be refusals, by code */
            denials: components["schemas"]["ShadowDenials"][];
            /** @description what `enforce_when` asks for, and what is missing */
            gate: components["schemas"]["Gate"];
            /** @description the revision of operations in force */
            operations: number;
            /** @description only this plan */
            plan?: string | null;
            /** @description by plan */
            plans: components["schemas"]["ShadowLine"][];
            /** @description what is rolled out how */
            rollout: components["schemas"]["Rollout"];
            /**
             * Format: date-time
             * @description from this instant on
             */
            since: string;
            /** @description everything */
            sums: components["schemas"]["ShadowSums"];
            /** @description endings that the contract does not speak of */
            unforeseen: components["schemas"]["ShadowUnforeseen"][];
            /** @description runs of which nothing is known of today's billing */
            unknown: number;
            /**
             * Format: date-time
             * @description until before this one
             */
            until: string;
            /** @description of these, the runs that were not enforced: what the gate counts */
            watched: components["schemas"]["ShadowSums"];
        };
        /** @description Sums of runs; a run counts in the window in which it ended. */
        ShadowSums: {
            /** @description announced */
            announce: number;
            /** @description began */
            began: number;
            /**
             * @description what would be charged for the same runs
             * @example 12.5
             */
            beside_today: string;
            /**
             * @description what would be charged
             * @example 12.5
             */
            charged: string;
            /** @description would cost something */
            charged_runs: number;
            /** @description known of today's billing */
            compared: number;
            /** @description would be refused */
            denied: number;
            /**
             * @description what those would cost
             * @example 12.5
             */
            denied_price: string;
            /** @description enforced */
            enforce: number;
            /**
             * @description what they would give back
             * @example 12.5
             */
            given_back: string;
            /** @description the contract takes less */
            less: number;
            /** @description the contract takes more */
            more: number;
            /** @description refunds and corrections that would give something back */
            refunds: number;
            /** @description ended: all else is of these */
            runs: number;
            /** @description nothing would be otherwise */
            same: number;
            /** @description in shadow */
            shadow: number;
            /**
             * @description what today's billing charged, where it says so
             * @example 12.5
             */
            today: string;
            /** @description the contract allows what is refused today */
            would_not_stop: number;
            /** @description the contract refuses what is allowed today */
            would_stop: number;
        };
        /** @description Endings of one action that the contract does not speak of. */
        ShadowUnforeseen: {
            /** @description what was run */
            action: string;
            /** @description a few of them */
            examples: components["schemas"]["ShadowExample"][];
            /** @description how it ended */
            outcome: string;
            /** @description how many runs */
            runs: number;
            /** @description what happens now, and what to do */
            says: string;
            /**
             * @description in what way
             * @enum {string}
             */
            what: "not_written" | "no_parts" | "nobody_said" | "too_late";
        };
        /** @description Special terms; why they were agreed is not told. */
        SpecialTerms: {
            /** @description they end before this instant; null: open-ended */
            until?: string | null;
            /** @description what is agreed, a sentence each */
            words: string[];
        };
        /** @description What calls cost. */
        Spent: {
            /** @description calls that we pay */
            attempts: number;
            /** @description what its calls cost, as far as it is known; null: nothing of it is */
            cost?: string | null;
            /** @description runs that ended without any call reported: not in `cost` either */
            silent: number;
            /** @description of those: calls whose cost is not known, so not in `cost` */
            unknown: number;
        };
        /** @description A page of what happened to a customer's credits. The amounts of all pages together, nothing left out, are what can be used. */
        Statement: {
            /** @description the last entry it has seen */
            as_of_seq: number;
            /** @description the newest first; a page may have fewer than `limit`, even none, and a next one */
            items: components["schemas"]["StatementItem"][];
            /** @description `cursor` of the next page; null: this is the last */
            next_cursor?: string | null;
        };
        /** @description Something that happened to a customer's credits. Of a run that has ended one item, at its end; of one that is held one, at its beginning; what was given back of a charge stands apart. */
        StatementItem: {
            /** @description which action */
            action?: string | null;
            /** @description what its button says */
            action_name?: string | null;
            /**
             * @description what it did to what can be used; `-6`: it took six
             * @example 12.5
             */
            amount: string;
            /** @description for which artifact */
            artifact?: string | null;
            /**
             * Format: date-time
             * @description when it happened
             */
            at: string;
            /** @description the contract and its version */
            contract: string;
            /** @description the credits it was taken from, by kind */
            drawn: components["schemas"]["Drawn"][];
            /** @description which grant */
            grant?: string | null;
            /** @description its id */
            item: string;
            /**
             * @description what it is
             * @enum {string}
             */
            kind: "charged" | "not_charged" | "held" | "refund" | "correction" | "plan" | "gift" | "goodwill" | "bought" | "claw_back" | "expiry";
            /** @description by which member */
            member?: string | null;
            /** @description the same in money */
            money?: string | null;
            /** @description how the run ended; of a correction, how it ended after all */
            outcome?: ("delivered" | "partial" | "empty" | "failed" | "bad_input" | "blocked" | "cancelled" | "abandoned" | "reopened") | null;
            /** @description a finer reason */
            reason?: string | null;
            /** @description the rule that decided */
            rule?: ("charge" | "share" | "quantity" | "free_action" | "allowance" | "reopened" | "same_again" | "redo" | "on_your_key" | "experiment" | "outcome_free" | "paid_even_if" | "too_slow" | "corrected" | "shadow" | "announce") | null;
            /** @description which run; its receipt says all of it */
            run?: string | null;
            /** @description the entry of the books that says it */
            seq: number;
            /** @description what came is usable until before this; null: for ever */
            usable_until?: string | null;
            /** @description the rule in one sentence */
            why: string;
            /** @description what the customer read then; of what counts down, as it is now. null: there is no receipt */
            words?: string | null;
        };
        /** @description Nothing is sent there any more. */
        StopRequest: {
            /** @description why, for whoever looks later */
            reason?: string | null;
        };
        /** @description An event as Stripe sends it, with all that it has besides. */
        StripeEvent: {
            /** @description when it happened, in seconds since 1970 */
            created: number;
            /** @description the object it is about, under `object` */
            data: Record<string, unknown>;
            /** @description the event's id, `evt_…` */
            id: string;
            /** @description whether it is about real money */
            livemode: boolean;
            /** @description its type, such as `payment_intent.succeeded` */
            type: string;
        };
        /** @description What an event of Stripe came to. */
        StripeTold: {
            /** @description whose books it is in */
            customer?: string | null;
            /**
             * @description credits bought, taken back, or brought back; the plan, or only what is known of the subscription; a period paid; or nothing
             * @enum {string}
             */
            did: "top_up" | "claw_back" | "restored" | "plan" | "subscription" | "renewal" | "nothing";
            /** @description the event's id */
            event: string;
            /** @description the number of their last entry then */
            seq?: number | null;
            /** @description why nothing was done */
            why?: string | null;
        };
        /** @description What a customer agreed to, and what is changing. */
        Terms: {
            /** @description the last entry it has seen */
            as_of_seq: number;
            /** @description a version that is coming; null: none is */
            changing?: components["schemas"]["Changing"] | null;
            /** @description the contract and its version */
            contract: string;
            /** @description whose */
            customer: string;
            /** @description every version they have lived under, the newest first */
            history: components["schemas"]["LivedUnder"][];
            /** @description a later version has no plan like theirs: that they keep what they have */
            kept?: string | null;
            /** @description the plan from the next period on; null: the same */
            next_plan?: components["schemas"]["NextPlan"] | null;
            /** @description special terms that are in force */
            overrides: components["schemas"]["SpecialTerms"][];
            /** @description the paid period */
            period: components["schemas"]["Period"];
            /** @description their plan */
            plan: string;
            /** @description what it is called */
            plan_name: string;
            /** @description the plan in plain words */
            plan_words: components["schemas"]["TermsFact"][];
            /** @description what the plan costs; null: nothing */
            price?: string | null;
            /**
             * @description how periods renew
             * @enum {string}
             */
            renews: "by_itself" | "when_paid";
            /**
             * Format: date-time
             * @description since when they live under it
             */
            since: string;
        };
        /** @description One thing that differs. */
        TermsChange: {
            /** @description the change as a sentence */
            words: string;
            /** @description it is worse, or may be */
            worse: boolean;
        };
        /** @description A label and what is said under it. */
        TermsFact: {
            /** @description the contract's file leaves it to the published default */
            by_default: boolean;
            /** @description what it is about */
            label: string;
            /** @description what is so */
            text: string;
        };
        /** @description The files of a contract. */
        Texts: {
            /** @description the text of contract.yaml */
            contract: string;
            /** @description the text of operations.yaml */
            operations?: string | null;
            /** @description the text of the price map that operations name */
            prices?: string | null;
        };
        /** @description What today's billing did. */
        Today: {
            /** @description whether it allowed it */
            allowed?: boolean | null;
            /** @description what it charged */
            charged?: string | null;
        };
        /** @description A customer token, shown once. */
        Token: {
            /**
             * Format: date-time
             * @description it opens nothing from then on
             */
            expires_at: string;
            /** @description where this service shows the customer their own pages with it */
            page: string;
            /** @description the token, `ct_…` */
            token: string;
        };
        /** @description A customer token for a browser. */
        TokenRequest: {
            /** @description how long, at most 1 hour, which is also the default */
            lasts?: string | null;
            /** @description for which member; null: for the customer */
            member?: string | null;
        };
        /** @description Credits were bought; unique by payment. */
        TopUp: {
            /**
             * @description how many
             * @example 12.5
             */
            credits: string;
            /** @description what was paid; in another currency than the contract's it is kept as it is, never converted, and listed under exceptions */
            paid?: components["schemas"]["Money"] | null;
            /** @description the payment's id */
            payment: string;
        };
        /** @description One amount from one account to another. */
        Transfer: {
            /**
             * @description how much
             * @example 12.5
             */
            amount: string;
            /** @description where it comes from */
            from: string;
            /** @description where it goes */
            to: string;
        };
        /** @description A model without a price. */
        UnknownModel: {
            /** @description how many calls */
            attempts: number;
            /** @description its name; null: calls without one */
            model?: string | null;
        };
        /** @description Tokens of one call. */
        Usage: {
            /** @description of those, read from the cache */
            cache_read?: number | null;
            /** @description of those, written to the cache */
            cache_write?: number | null;
            /** @description read by the model, cache included */
            input?: number | null;
            /** @description written by the model, reasoning included */
            output?: number | null;
            /** @description of those, reasoning */
            reasoning?: number | null;
        };
        /** @description A customer's credits. */
        Wallet: {
            /** @description what is told before a limit is hit */
            alerts: Record<string, unknown>[];
            /** @description free units by action */
            allowances: {
                [key: string]: components["schemas"]["AllowanceLine"];
            };
            /** @description the last entry it has seen */
            as_of_seq: number;
            /**
             * @description balance less held
             * @example 12.5
             */
            available: string;
            /**
             * @description settled, less what is owed
             * @example 12.5
             */
            balance: string;
            /** @description caps */
            caps: components["schemas"]["Caps"];
            /** @description how far below nothing available may go */
            credit_line?: string | null;
            /** @description whose */
            customer: string;
            /** @description how many of each priced action */
            enough_for: {
                [key: string]: number;
            };
            /** @description in the order they are drawn */
            grants: components["schemas"]["GrantLine"][];
            /**
             * @description set aside for runs
             * @example 12.5
             */
            held: string;
            /** @description the balance in money */
            money?: string | null;
            /**
             * @description owed on a credit line
             * @example 12.5
             */
            owed: string;
            /** @description the paid period */
            period: components["schemas"]["Period"];
            /** @description when they are gone at the customer's own pace */
            runs_out_on?: string | null;
        };
        /** @description The wallet in one line. */
        WalletLine: {
            /**
             * @description balance less held
             * @example 12.5
             */
            available: string;
            /**
             * @description settled, less what is owed
             * @example 12.5
             */
            balance: string;
            /** @description how far below nothing available may go */
            credit_line?: string | null;
            /**
             * @description set aside for runs
             * @example 12.5
             */
            held: string;
            /**
             * @description owed on a credit line
             * @example 12.5
             */
            owed: string;
        };
        /** @description A run that ended, as if everything were enforced. */
        WatchedRun: {
            /** @description what was run */
            action: string;
            /** @description for which artifact */
            artifact?: string | null;
            /**
             * Format: date-time
             * @description when it ended
             */
            at: string;
            /**
             * @description what would be charged
             * @example 12.5
             */
            charged: string;
            /** @description whose */
            customer: string;
            /** @description why it would be refused */
            denial?: string | null;
            /**
             * @description who said so
             * @enum {string}
             */
            how: "settled" | "released" | "expired" | "late";
            /**
             * @description the mode it began in
             * @enum {string}
             */
            mode: "shadow" | "announce" | "enforce";
            /** @description how it ended */
            outcome: string;
            /** @description on which plan it began */
            plan: string;
            /**
             * @description what it would cost
             * @example 12.5
             */
            price: string;
            /** @description the rule of that */
            rule: string;
            /** @description which run */
            run: string;
            /** @description what today's billing did */
            today?: components["schemas"]["Today"] | null;
            /** @description what the contract does not say of it */
            unforeseen?: string | null;
        };
        /** @description A page of runs that ended, with what they would have come to. */
        WatchedRuns: {
            /** @description the newest first; a page may have fewer than `limit`, even none, and a next one */
            items: components["schemas"]["WatchedRun"][];
            /** @description `cursor` of the next page; null: this is the last */
            next_cursor?: string | null;
        };
        /** @description What a customer would have read of a run. */
        WatchedWords: {
            /** @description which run */
            run: string;
            /** @description the words; null: it would have been refused */
            words?: string | null;
        };
        /** @description Taken, this run would be allowed. */
        WayForward: {
            /** @description what else it costs */
            also?: string | null;
            /** @description agreement is asked for once it is taken */
            asks?: boolean | null;
            /** @description how many credits to buy */
            credits?: string | null;
            /** @description what to do: `wait`, `top_up`, `switch_plan`, `use_own_key`, `fix_own_key`, `smaller_model`, `other_action`, `resume`, `raise_cap`, `raise_max_price`, `confirm`, `fix_input`, `finish_running`, `contact`. There may be more of them in time: what is not known is shown by `words` */
            do: string;
            /** @description from when */
            from?: string | null;
            /** @description where */
            href?: string | null;
            /** @description in money */
            money?: string | null;
            /** @description what it needs besides */
            needs?: string | null;
            /** @description what the plan costs */
            plan_price?: string | null;
            /** @description what the run costs there */
            price_there?: string | null;
            /** @description what there will be then */
            then?: string | null;
            /** @description which plan, action, model or cap */
            to?: string | null;
            /** @description until when to wait */
            until?: string | null;
            /** @description what the customer reads */
            words: string;
        };
        /** @description A page of what was sent to an endpoint, or will be. */
        WebhookDeliveries: {
            /** @description the newest events first */
            items: components["schemas"]["WebhookDelivery"][];
            /** @description `cursor` of the next page; null: this is the last */
            next_cursor?: string | null;
        };
        /** @description One event on its way to one endpoint. */
        WebhookDelivery: {
            /** @description what came of the last try: a status, or why there is none */
            answered?: string | null;
            /** @description how often it was tried */
            attempts: number;
            /**
             * Format: date-time
             * @description when it last changed
             */
            changed_at: string;
            /** @description whose it is */
            customer?: string | null;
            /** @description the event's id, which is the `webhook-id` */
            event: string;
            /** @description when it is tried next */
            next_try?: string | null;
            /**
             * @description where it stands
             * @enum {string}
             */
            state: "waiting" | "delivered" | "dead";
            /** @description its type */
            type: string;
        };
        /** @description Where events are sent, and which. */
        WebhookEndpoint: {
            /**
             * Format: date-time
             * @description when it was made
             */
            created_at: string;
            /** @description what it is for */
            description?: string | null;
            /** @description which types; empty: all */
            events: string[];
            /** @description its id, `we_…` */
            id: string;
            /** @description the secret before signs as well until then */
            old_secret_until?: string | null;
            /** @description what verifies its signatures, `whsec_…`: only where it is new */
            secret?: string | null;
            /** @description nothing is sent there: why; null: it is sent to */
            stopped?: string | null;
            /** @description where */
            url: string;
        };
        /** @description What changes of an endpoint. Left out: unchanged. */
        WebhookEndpointChanges: {
            /** @description what it is for */
            description?: string | null;
            /** @description which types; empty: all */
            events?: string[] | null;
            /** @description where: https, a public address, no name or password in it */
            url?: string | null;
        };
        /** @description Where events are to be sent, and which. */
        WebhookEndpointRequest: {
            /** @description what it is for */
            description?: string | null;
            /** @description which types; left out or empty: all */
            events?: string[] | null;
            /** @description where: https, a public address, no name or password in it */
            url: string;
        };
        /** @description Every endpoint of the environment, oldest first. */
        WebhookEndpoints: {
            /** @description the endpoints */
            items: components["schemas"]["WebhookEndpoint"][];
        };
        /** @description What came of an event of type `webhook.test`, sent at once. */
        WebhookTested: {
            /** @description a status, or why there is none */
            answered: string;
            /** @description true: it was answered with 2xx */
            delivered: boolean;
            /** @description its `webhook-id` */
            event: string;
        };
        /** @description What would be if it were enforced. */
        WouldBe: {
            /** @description what would be charged; null while it runs */
            charged?: string | null;
            /** @description agreement was taken as given */
            confirmation: boolean;
            /** @description the code of the refusal, if it would be refused */
            denial?: string | null;
            /**
             * @description the price
             * @example 12.5
             */
            price: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Leads to `/docs`. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getDocs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This API on a page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getElementsJs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The elements to embed in pages, as one script. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The elements to embed in pages, as one script. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getHealthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process is there. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts of requests and of the engine's work, as Prometheus reads them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getMy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Leads to `/my/wallet`; what follows `?` and `#` is kept. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getMyCss: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How these pages look. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description How these pages look. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getMyJs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The script of these pages. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The script of these pages. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getMyLimits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page of their limits. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The page of their limits. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getMyPrices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page of prices, for a customer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The page of prices, for a customer. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getMyReceipts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page of their receipts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The page of their receipts. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getMyTerms: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page of their terms. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The page of their terms. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getMyWallet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page of their wallet. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The page of their wallet. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getOpenapiJson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This API as OpenAPI 3.1. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getProblems: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Leads to all problems. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getProblemsCode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a problem is, and what to do. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getReadyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It answers requests. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1Batch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Batch"];
            };
        };
        responses: {
            /** @description Up to 1,000 writes, in order, not atomic. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchAnswer"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1Check: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CheckRequest"];
            };
        };
        responses: {
            /** @description Would this be allowed, and at what price? No effect. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Check"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getV1Contract: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contract in force, in plain words; without a key: live; with a token: their version. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicContract"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getV1Contracts: {
        parameters: {
            query?: {
                /** @description where the next page begins: `next_cursor` of the one before */
                cursor?: string;
                /** @description how many, at most 100 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every version that was published. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contracts"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1Contracts: {
        parameters: {
            query?: {
                /** @description true: say what it would come to, publish nothing */
                dry_run?: boolean;
            };
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ContractRequest"];
            };
        };
        responses: {
            /** @description Publish a version, a revision of operations, or both: lint, diff, notice. */
            200: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Publishing"];
                };
            };
            /** @description Publish a version, a revision of operations, or both: lint, diff, notice. */
            201: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Publishing"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getV1ContractsLatest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The texts of the contract and its operations, as they were published last. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LatestTexts"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getV1Customers: {
        parameters: {
            query?: {
                /** @description where the next page begins: `next_cursor` of the one before */
                cursor?: string;
                /** @description how many, at most 100 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every customer, in the order of their ids. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customers"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getV1CustomersId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who a customer is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    putV1CustomersId: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CustomerRequest"];
            };
        };
        responses: {
            /** @description Create or change a customer. */
            200: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            /** @description Create or change a customer. */
            201: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    putV1CustomersIdCaps: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CapsRequest"];
            };
        };
        responses: {
            /** @description Set the customer's own caps; a member's token only lowers its own. */
            200: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CapsSet"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getV1CustomersIdEntries: {
        parameters: {
            query?: {
                /** @description entries with a `seq` above this */
                after?: number;
                /** @description how many, at most 1000 */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A customer's books, by `seq`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entries"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getV1CustomersIdEvents: {
        parameters: {
            query?: {
                /** @description only these types, separated by commas */
                types?: string;
                /** @description begin after the event with this id; so does `Last-Event-ID`. With a customer token no further back than the last 20,000 events of all customers */
                after?: string;
                /** @description how many, at most 1000; of a list only */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What happens to a customer, as server-sent events; as JSON a list of what did. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Events"];
                    "text/event-stream": string;
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1CustomersIdGrants: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GrantRequest"];
            };
        };
        responses: {
            /** @description Give credits: a gift, or goodwill. */
            201: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grant"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1CustomersIdOverrides: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OverrideRequest"];
            };
        };
        responses: {
            /** @description Special terms for one customer, better than the plan, until a day. */
            201: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Override"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getV1CustomersIdOwnKeysProvider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Is the customer's own AI key kept, and does it work? Never the key. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnKeyKept"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    putV1CustomersIdOwnKeysProvider: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                provider: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwnKeyRequest"];
            };
        };
        responses: {
            /** @description Store the customer's own AI key: sealed, and never answered again. */
            200: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnKey"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    deleteV1CustomersIdOwnKeysProvider: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Forget the customer's own AI key. */
            200: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnKey"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1CustomersIdPause: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Pause"];
            };
        };
        responses: {
            /** @description Stop this customer's runs. */
            200: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getV1CustomersIdPrices: {
        parameters: {
            query?: {
                /** @description true: with each action's own runs of the last 30 days; of more than 1,000 runs the newest */
                last_30_days?: boolean;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every action with its price, what allows or forbids it, words for its button. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Prices"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1CustomersIdRenewals: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Renewal"];
            };
        };
        responses: {
            /** @description A period was paid for. */
            200: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Renewed"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1CustomersIdResume: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Resume"];
            };
        };
        responses: {
            /** @description Lift a pause: an operator's, an unusual day's, or that of one artifact. */
            200: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getV1CustomersIdRuns: {
        parameters: {
            query?: {
                /** @description where the next page begins: `next_cursor` of the one before */
                cursor?: string;
                /** @description how many, at most 100 */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A customer's receipts, the newest first, also of runs that cost nothing. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Runs"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getV1CustomersIdStatement: {
        parameters: {
            query?: {
                /** @description only this group */
                only?: "charged" | "not_charged" | "held" | "refunds" | "credits";
                /** @description only of this action */
                action?: string;
                /** @description nothing before this instant */
                from?: string;
                /** @description nothing from this instant on */
                until?: string;
                /** @description where the next page begins: `next_cursor` of the one before */
                cursor?: string;
                /** @description how many, at most 100 */
                limit?: number;
                /** @description csv: all of it as one sheet, as with `Accept: text/csv` */
                format?: "json" | "csv";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What happened to a customer's credits, the newest first; in JSON, or whole in CSV. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statement"];
                    "text/csv": string;
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getV1CustomersIdTerms: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a customer agreed to, and what is changing: their own bill, and every choice. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Terms"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1CustomersIdTokens: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description A customer token for a browser: one customer, at most an hour. */
            201: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1CustomersIdTopUps: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TopUp"];
            };
        };
        responses: {
            /** @description Book credits that were bought; unique by payment. */
            201: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grant"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1CustomersIdTopUpsPaymentClawBack: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                payment: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ClawBack"];
            };
        };
        responses: {
            /** @description A payment was taken back, or unused credits are given back for money. */
            200: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClawedBack"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getV1CustomersIdWallet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Balance, held, available, owed, grants, allowances and caps. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Wallet"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getV1EventTypes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every type of event, with its JSON Schema. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventTypes"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getV1Events: {
        parameters: {
            query?: {
                /** @description only these types, separated by commas */
                types?: string;
                /** @description only of this customer */
                customer?: string;
                /** @description begin after the event with this id; so does `Last-Event-ID`. With a customer token no further back than the last 20,000 events of all customers */
                after?: string;
                /** @description how many, at most 1000; of a list only */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What happens to everybody, as server-sent events; as JSON a list of what did. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Events"];
                    "text/event-stream": string;
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getV1IdempotencyKey: {
        parameters: {
            query: {
                /** @description whose key it was */
                customer: string;
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was answered to a key within the last 7 days, asked through the writer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Idempotency"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1Quotes: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuoteRequest"];
            };
        };
        responses: {
            /** @description A signed, binding price for one run. */
            201: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Quote"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1QuotesQuoteConfirm: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                quote: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description Agree to a quote. */
            200: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Confirmed"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getV1ReportsExceptions: {
        parameters: {
            query?: {
                /** @description nothing before this instant; left out: the last 30 days */
                since?: string;
                /** @description only of this kind */
                kind?: "our_failure" | "key_refused" | "expired" | "late" | "would_be_denied" | "differs" | "too_many_attempts" | "unknown_cost" | "owed" | "unrecovered" | "odd_top_up" | "override" | "question" | "webhook_fails" | "payment_not_taken";
                /** @description where the next page begins: `next_cursor` of the one before */
                cursor?: string;
                /** @description how many, at most 1000 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What needs a person, the newest first: whose, which run, how much, what to do. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exceptions"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getV1ReportsMargin: {
        parameters: {
            query?: {
                /** @description nothing before this instant; left out: 30 days before `until` */
                since?: string;
                /** @description nothing from this instant on; left out: now */
                until?: string;
                /** @description only of this action */
                action?: string;
                /** @description only on this plan */
                plan?: string;
                /** @description how many customers, at most 100 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What runs cost and brought, by action and plan, against what was reckoned. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Margins"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getV1ReportsShadow: {
        parameters: {
            query?: {
                /** @description from this instant on; left out: 14 days, or as many as the gate asks */
                since?: string;
                /** @description until before this instant; left out: now */
                until?: string;
                /** @description only this action */
                action?: string;
                /** @description only this plan */
                plan?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was watched in shadow: would-be charges and refusals, beside today's billing. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShadowReport"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getV1ReportsShadowRuns: {
        parameters: {
            query?: {
                /** @description from this instant on; left out: 14 days, or as many as the gate asks */
                since?: string;
                /** @description until before this instant; left out: now */
                until?: string;
                /** @description only this action */
                action?: string;
                /** @description only this plan */
                plan?: string;
                /** @description where the next page begins: `next_cursor` of the one before */
                cursor?: string;
                /** @description how many, at most 1000 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The runs of the shadow report, the newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WatchedRuns"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getV1ReportsShadowRunsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a customer would have read of a run, if it had been enforced. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WatchedWords"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1Runs: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunRequest"];
            };
        };
        responses: {
            /** @description Start a run: its credits are set aside. With `outcome`: hold and settle in one. */
            201: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getV1RunsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The receipt of a run, from its first answer on. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1RunsIdAnswer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Answer"];
            };
        };
        responses: {
            /** @description Answer a question about a receipt; the receipt shows it to the customer. */
            201: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuestionKept"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1RunsIdAttempts: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LateAttempts"];
            };
        };
        responses: {
            /** @description Late usage: the cost book only. */
            200: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttemptsBooked"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1RunsIdCorrect: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Correction"];
            };
        };
        responses: {
            /** @description It ended otherwise after all: towards the customer only. */
            200: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1RunsIdExtend: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Extension"];
            };
        };
        responses: {
            /** @description More time, counted from now. */
            200: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Extended"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1RunsIdQuestion: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Question"];
            };
        };
        responses: {
            /** @description "This is wrong": a question about a receipt. */
            202: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuestionKept"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1RunsIdRefund: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Refund"];
            };
        };
        responses: {
            /** @description Give back all or part of what was charged. */
            200: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1RunsIdRelease: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description Give the hold back whole. */
            200: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1RunsIdSettle: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Report"];
            };
        };
        responses: {
            /** @description Report how a run ended: the contract decides what is taken. */
            200: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1SandboxClock: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ClockRequest"];
            };
        };
        responses: {
            /** @description Read the sandbox clock, or move it forward; answers when everything due is applied. */
            200: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clock"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1StripeWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StripeEvent"];
            };
        };
        responses: {
            /** @description What Stripe tells of payments, refunds, disputes and subscriptions; signed by it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StripeTold"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getV1WebhookEndpoints: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where events are sent. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoints"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1WebhookEndpoints: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEndpointRequest"];
            };
        };
        responses: {
            /** @description Send events to an address, signed; the secret that verifies them is shown once. */
            201: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getV1WebhookEndpointsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One endpoint. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    putV1WebhookEndpointsId: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["WebhookEndpointChanges"];
            };
        };
        responses: {
            /** @description Change where an endpoint is, or which events it takes. */
            200: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    deleteV1WebhookEndpointsId: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove an endpoint, with what was still to be sent there. */
            200: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    getV1WebhookEndpointsIdDeliveries: {
        parameters: {
            query?: {
                /** @description only those that stand so */
                state?: "waiting" | "delivered" | "dead";
                /** @description where the next page begins: `next_cursor` of the one before */
                cursor?: string;
                /** @description how many, at most 100 */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was sent to an endpoint, or will be: tries, answers, the next try. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveries"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1WebhookEndpointsIdReplay: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReplayRequest"];
            };
        };
        responses: {
            /** @description Send events again: by their ids, from an instant on, or all that never arrived. */
            200: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replayed"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1WebhookEndpointsIdRotate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RotateRequest"];
            };
        };
        responses: {
            /** @description A new secret, shown once; the old one signs beside it for a while. */
            200: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1WebhookEndpointsIdStart: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description Send there again, what waited first. */
            200: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1WebhookEndpointsIdStop: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request again gets the same answer, for at least 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["StopRequest"];
            };
        };
        responses: {
            /** @description Send nothing there until it is started again; what waits keeps waiting. */
            200: {
                headers: {
                    /** @description `true`: the answer to an earlier request with the same key. */
                    "Probity-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    postV1WebhookEndpointsIdTest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description Send one event of type `webhook.test` at once, and say what came of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookTested"];
                };
            };
            /** @description A problem, or a denial. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] | components["schemas"]["Denial"];
                };
            };
        };
    };
    EventOfCapsChanged: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfCapsChanged"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfCustomerChanged: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfCustomerChanged"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfCustomerOpened: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfCustomerOpened"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfCustomerPaused: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfCustomerPaused"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfCustomerPlanChanged: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfCustomerPlanChanged"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfCustomerRenewed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfCustomerRenewed"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfCustomerResumed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfCustomerResumed"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfCustomerUnusualDay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfCustomerUnusualDay"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfGrantAdded: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfGrantAdded"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfGrantClawedBack: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfGrantClawedBack"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfGrantExpired: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfGrantExpired"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfGrantExpiresSoon: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfGrantExpiresSoon"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfOverrideBegan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfOverrideBegan"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfOwnKeyChanged: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfOwnKeyChanged"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfQuoteConfirmed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfQuoteConfirmed"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfRunAnswered: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfRunAnswered"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfRunCorrected: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfRunCorrected"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfRunExpired: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfRunExpired"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfRunExtended: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfRunExtended"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfRunHeld: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfRunHeld"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfRunQuestioned: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfRunQuestioned"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfRunRefunded: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfRunRefunded"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfRunReleased: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfRunReleased"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfRunSettled: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfRunSettled"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfTermsBegan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfTermsBegan"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfTermsChanging: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfTermsChanging"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfTopUpWanted: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfTopUpWanted"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfWalletRunsOutSoon: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfWalletRunsOutSoon"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EventOfWalletUsed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventOfWalletUsed"];
            };
        };
        responses: {
            /** @description It arrived. Anything else is sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
