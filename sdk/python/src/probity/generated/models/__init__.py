"""Contains all the data models used in inputs/outputs"""

from .allowance import Allowance
from .allowance_line import AllowanceLine
from .allowance_line_per import AllowanceLinePer
from .allowance_per import AllowancePer
from .answer import Answer
from .asked_about_receipt import AskedAboutReceipt
from .attempt import Attempt
from .attempt_services_type_0 import AttemptServicesType0
from .attempt_source_type_0 import AttemptSourceType0
from .attempts_booked import AttemptsBooked
from .auto_top_up import AutoTopUp
from .batch import Batch
from .batch_answer import BatchAnswer
from .batch_item import BatchItem
from .batch_item_answer import BatchItemAnswer
from .batch_item_answer_body import BatchItemAnswerBody
from .batch_item_body_type_0 import BatchItemBodyType0
from .batch_item_do import BatchItemDo
from .bill_before_and_after import BillBeforeAndAfter
from .caps import Caps
from .caps_changed import CapsChanged
from .caps_changed_data import CapsChangedData
from .caps_members import CapsMembers
from .caps_request import CapsRequest
from .caps_request_members_type_0 import CapsRequestMembersType0
from .caps_set import CapsSet
from .changing import Changing
from .check import Check
from .check_item import CheckItem
from .check_item_again_type_0 import CheckItemAgainType0
from .check_item_inputs_type_0 import CheckItemInputsType0
from .check_item_purpose_type_0 import CheckItemPurposeType0
from .check_items_type_0_item import CheckItemsType0Item
from .check_request import CheckRequest
from .check_request_again_type_0 import CheckRequestAgainType0
from .check_request_inputs_type_0 import CheckRequestInputsType0
from .check_request_purpose_type_0 import CheckRequestPurposeType0
from .claw_back import ClawBack
from .clawed_back import ClawedBack
from .clock import Clock
from .clock_request import ClockRequest
from .confirmed import Confirmed
from .confirmed_confirmed_by import ConfirmedConfirmedBy
from .contract_request import ContractRequest
from .contracts import Contracts
from .correction import Correction
from .correction_outcome import CorrectionOutcome
from .costs_in_force import CostsInForce
from .customer import Customer
from .customer_changed import CustomerChanged
from .customer_changed_data import CustomerChangedData
from .customer_metadata_type_0 import CustomerMetadataType0
from .customer_opened import CustomerOpened
from .customer_opened_data import CustomerOpenedData
from .customer_paused import CustomerPaused
from .customer_paused_data import CustomerPausedData
from .customer_plan_changed import CustomerPlanChanged
from .customer_plan_changed_data import CustomerPlanChangedData
from .customer_renewed import CustomerRenewed
from .customer_renewed_data import CustomerRenewedData
from .customer_renews import CustomerRenews
from .customer_request import CustomerRequest
from .customer_request_metadata_type_0 import CustomerRequestMetadataType0
from .customer_request_renews_type_0 import CustomerRequestRenewsType0
from .customer_resumed import CustomerResumed
from .customer_resumed_data import CustomerResumedData
from .customer_unusual_day import CustomerUnusualDay
from .customer_unusual_day_data import CustomerUnusualDayData
from .customers import Customers
from .denial import Denial
from .denial_limit import DenialLimit
from .drawn import Drawn
from .drawn_kind import DrawnKind
from .entries import Entries
from .entry import Entry
from .event import Event
from .event_alert import EventAlert
from .event_alert_alert import EventAlertAlert
from .event_caps import EventCaps
from .event_caps_members_type_0 import EventCapsMembersType0
from .event_change import EventChange
from .event_claw_back import EventClawBack
from .event_data import EventData
from .event_grant import EventGrant
from .event_grant_kind import EventGrantKind
from .event_override import EventOverride
from .event_own_key import EventOwnKey
from .event_own_key_now import EventOwnKeyNow
from .event_question import EventQuestion
from .event_quote import EventQuote
from .event_run import EventRun
from .event_run_mode import EventRunMode
from .event_run_status import EventRunStatus
from .event_terms import EventTerms
from .event_terms_starts import EventTermsStarts
from .event_top_up import EventTopUp
from .event_type import EventType
from .event_type_schema import EventTypeSchema
from .event_types import EventTypes
from .events import Events
from .exception import Exception_
from .exception_kind import ExceptionKind
from .exceptions import Exceptions
from .extended import Extended
from .extension import Extension
from .free_runs import FreeRuns
from .gate import Gate
from .gate_condition import GateCondition
from .gate_condition_what import GateConditionWhat
from .get_v1_customers_id_statement_format import GetV1CustomersIdStatementFormat
from .get_v1_customers_id_statement_only import GetV1CustomersIdStatementOnly
from .get_v1_reports_exceptions_kind import GetV1ReportsExceptionsKind
from .get_v1_webhook_endpoints_id_deliveries_state import (
    GetV1WebhookEndpointsIdDeliveriesState,
)
from .grant import Grant
from .grant_added import GrantAdded
from .grant_added_data import GrantAddedData
from .grant_clawed_back import GrantClawedBack
from .grant_clawed_back_data import GrantClawedBackData
from .grant_expired import GrantExpired
from .grant_expired_data import GrantExpiredData
from .grant_expires_soon import GrantExpiresSoon
from .grant_expires_soon_data import GrantExpiresSoonData
from .grant_kind import GrantKind
from .grant_line import GrantLine
from .grant_line_kind import GrantLineKind
from .grant_request import GrantRequest
from .grant_request_kind import GrantRequestKind
from .harsh_pair import HarshPair
from .idempotency import Idempotency
from .idempotency_state import IdempotencyState
from .last_days import LastDays
from .late_attempts import LateAttempts
from .latest_texts import LatestTexts
from .lived_under import LivedUnder
from .margin_customer import MarginCustomer
from .margin_customer_books import MarginCustomerBooks
from .margin_row import MarginRow
from .margin_row_above_type_0 import MarginRowAboveType0
from .margin_row_books import MarginRowBooks
from .margins import Margins
from .member import Member
from .money import Money
from .next_plan import NextPlan
from .nothing import Nothing
from .override import Override
from .override_began import OverrideBegan
from .override_began_data import OverrideBeganData
from .override_request import OverrideRequest
from .override_request_allowances_type_0 import OverrideRequestAllowancesType0
from .override_request_prices_type_0 import OverrideRequestPricesType0
from .own_key import OwnKey
from .own_key_changed import OwnKeyChanged
from .own_key_changed_data import OwnKeyChangedData
from .own_key_kept import OwnKeyKept
from .own_key_request import OwnKeyRequest
from .pause import Pause
from .period import Period
from .present_billing import PresentBilling
from .price_line import PriceLine
from .price_terms import PriceTerms
from .prices import Prices
from .problem import Problem
from .problem_code import ProblemCode
from .public_contract import PublicContract
from .public_contract_actions_item import PublicContractActionsItem
from .public_contract_links import PublicContractLinks
from .public_contract_mode_type_0 import PublicContractModeType0
from .public_contract_plans_item import PublicContractPlansItem
from .public_contract_promises_item import PublicContractPromisesItem
from .public_contract_summary import PublicContractSummary
from .public_contract_terms import PublicContractTerms
from .published_contract import PublishedContract
from .published_operations import PublishedOperations
from .publishing import Publishing
from .publishing_changes_item import PublishingChangesItem
from .publishing_class import PublishingClass
from .publishing_lint_item import PublishingLintItem
from .question import Question
from .question_kept import QuestionKept
from .quote import Quote
from .quote_confirmed import QuoteConfirmed
from .quote_confirmed_data import QuoteConfirmedData
from .quote_if import QuoteIf
from .quote_request import QuoteRequest
from .quote_request_again_type_0 import QuoteRequestAgainType0
from .quote_request_inputs_type_0 import QuoteRequestInputsType0
from .quote_request_purpose_type_0 import QuoteRequestPurposeType0
from .receipt import Receipt
from .receipt_attempts_type_0_item import ReceiptAttemptsType0Item
from .receipt_confirmation_type_0 import ReceiptConfirmationType0
from .receipt_decided_by_type_0 import ReceiptDecidedByType0
from .receipt_kind import ReceiptKind
from .receipt_mode import ReceiptMode
from .receipt_outcome_type_0 import ReceiptOutcomeType0
from .receipt_purpose import ReceiptPurpose
from .receipt_rule_type_0 import ReceiptRuleType0
from .receipt_status import ReceiptStatus
from .refund import Refund
from .refund_line import RefundLine
from .renewal import Renewal
from .renewed import Renewed
from .renewed_grants_item import RenewedGrantsItem
from .replay_request import ReplayRequest
from .replayed import Replayed
from .report import Report
from .report_outcome import ReportOutcome
from .resume import Resume
from .rollout import Rollout
from .rollout_actions import RolloutActions
from .rollout_actions_additional_property import RolloutActionsAdditionalProperty
from .rollout_default import RolloutDefault
from .rollout_plans import RolloutPlans
from .rollout_plans_additional_property import RolloutPlansAdditionalProperty
from .rotate_request import RotateRequest
from .run import Run
from .run_answered import RunAnswered
from .run_answered_data import RunAnsweredData
from .run_corrected import RunCorrected
from .run_corrected_data import RunCorrectedData
from .run_expired import RunExpired
from .run_expired_data import RunExpiredData
from .run_extended import RunExtended
from .run_extended_data import RunExtendedData
from .run_held import RunHeld
from .run_held_data import RunHeldData
from .run_kind import RunKind
from .run_mode import RunMode
from .run_outcome_type_0 import RunOutcomeType0
from .run_questioned import RunQuestioned
from .run_questioned_data import RunQuestionedData
from .run_refunded import RunRefunded
from .run_refunded_data import RunRefundedData
from .run_released import RunReleased
from .run_released_data import RunReleasedData
from .run_request import RunRequest
from .run_request_again_type_0 import RunRequestAgainType0
from .run_request_inputs_type_0 import RunRequestInputsType0
from .run_request_metadata_type_0 import RunRequestMetadataType0
from .run_request_outcome_type_0 import RunRequestOutcomeType0
from .run_request_purpose_type_0 import RunRequestPurposeType0
from .run_settled import RunSettled
from .run_settled_data import RunSettledData
from .run_status import RunStatus
from .runs import Runs
from .said_to_question import SaidToQuestion
from .shadow_against import ShadowAgainst
from .shadow_bill import ShadowBill
from .shadow_cause import ShadowCause
from .shadow_cause_verdict import ShadowCauseVerdict
from .shadow_customers import ShadowCustomers
from .shadow_day import ShadowDay
from .shadow_denials import ShadowDenials
from .shadow_example import ShadowExample
from .shadow_line import ShadowLine
from .shadow_report import ShadowReport
from .shadow_sums import ShadowSums
from .shadow_unforeseen import ShadowUnforeseen
from .shadow_unforeseen_what import ShadowUnforeseenWhat
from .special_terms import SpecialTerms
from .spent import Spent
from .statement import Statement
from .statement_item import StatementItem
from .statement_item_kind import StatementItemKind
from .statement_item_outcome_type_0 import StatementItemOutcomeType0
from .statement_item_rule_type_0 import StatementItemRuleType0
from .stop_request import StopRequest
from .stripe_event import StripeEvent
from .stripe_event_data import StripeEventData
from .stripe_told import StripeTold
from .stripe_told_did import StripeToldDid
from .terms import Terms
from .terms_began import TermsBegan
from .terms_began_data import TermsBeganData
from .terms_change import TermsChange
from .terms_changing import TermsChanging
from .terms_changing_data import TermsChangingData
from .terms_fact import TermsFact
from .terms_renews import TermsRenews
from .texts import Texts
from .today import Today
from .token import Token
from .token_request import TokenRequest
from .top_up import TopUp
from .top_up_wanted import TopUpWanted
from .top_up_wanted_data import TopUpWantedData
from .transfer import Transfer
from .unknown_model import UnknownModel
from .usage import Usage
from .wallet import Wallet
from .wallet_alerts_item import WalletAlertsItem
from .wallet_allowances import WalletAllowances
from .wallet_enough_for import WalletEnoughFor
from .wallet_line import WalletLine
from .wallet_runs_out_soon import WalletRunsOutSoon
from .wallet_runs_out_soon_data import WalletRunsOutSoonData
from .wallet_used import WalletUsed
from .wallet_used_data import WalletUsedData
from .watched_run import WatchedRun
from .watched_run_how import WatchedRunHow
from .watched_run_mode import WatchedRunMode
from .watched_runs import WatchedRuns
from .watched_words import WatchedWords
from .way_forward import WayForward
from .webhook_deliveries import WebhookDeliveries
from .webhook_delivery import WebhookDelivery
from .webhook_delivery_state import WebhookDeliveryState
from .webhook_endpoint import WebhookEndpoint
from .webhook_endpoint_changes import WebhookEndpointChanges
from .webhook_endpoint_request import WebhookEndpointRequest
from .webhook_endpoints import WebhookEndpoints
from .webhook_tested import WebhookTested
from .would_be import WouldBe

__all__ = (
    "Allowance",
    "AllowanceLine",
    "AllowanceLinePer",
    "AllowancePer",
    "Answer",
    "AskedAboutReceipt",
    "Attempt",
    "AttemptsBooked",
    "AttemptServicesType0",
    "AttemptSourceType0",
    "AutoTopUp",
    "Batch",
    "BatchAnswer",
    "BatchItem",
    "BatchItemAnswer",
    "BatchItemAnswerBody",
    "BatchItemBodyType0",
    "BatchItemDo",
    "BillBeforeAndAfter",
    "Caps",
    "CapsChanged",
    "CapsChangedData",
    "CapsMembers",
    "CapsRequest",
    "CapsRequestMembersType0",
    "CapsSet",
    "Changing",
    "Check",
    "CheckItem",
    "CheckItemAgainType0",
    "CheckItemInputsType0",
    "CheckItemPurposeType0",
    "CheckItemsType0Item",
    "CheckRequest",
    "CheckRequestAgainType0",
    "CheckRequestInputsType0",
    "CheckRequestPurposeType0",
    "ClawBack",
    "ClawedBack",
    "Clock",
    "ClockRequest",
    "Confirmed",
    "ConfirmedConfirmedBy",
    "ContractRequest",
    "Contracts",
    "Correction",
    "CorrectionOutcome",
    "CostsInForce",
    "Customer",
    "CustomerChanged",
    "CustomerChangedData",
    "CustomerMetadataType0",
    "CustomerOpened",
    "CustomerOpenedData",
    "CustomerPaused",
    "CustomerPausedData",
    "CustomerPlanChanged",
    "CustomerPlanChangedData",
    "CustomerRenewed",
    "CustomerRenewedData",
    "CustomerRenews",
    "CustomerRequest",
    "CustomerRequestMetadataType0",
    "CustomerRequestRenewsType0",
    "CustomerResumed",
    "CustomerResumedData",
    "Customers",
    "CustomerUnusualDay",
    "CustomerUnusualDayData",
    "Denial",
    "DenialLimit",
    "Drawn",
    "DrawnKind",
    "Entries",
    "Entry",
    "Event",
    "EventAlert",
    "EventAlertAlert",
    "EventCaps",
    "EventCapsMembersType0",
    "EventChange",
    "EventClawBack",
    "EventData",
    "EventGrant",
    "EventGrantKind",
    "EventOverride",
    "EventOwnKey",
    "EventOwnKeyNow",
    "EventQuestion",
    "EventQuote",
    "EventRun",
    "EventRunMode",
    "EventRunStatus",
    "Events",
    "EventTerms",
    "EventTermsStarts",
    "EventTopUp",
    "EventType",
    "EventTypes",
    "EventTypeSchema",
    "Exception_",
    "ExceptionKind",
    "Exceptions",
    "Extended",
    "Extension",
    "FreeRuns",
    "Gate",
    "GateCondition",
    "GateConditionWhat",
    "GetV1CustomersIdStatementFormat",
    "GetV1CustomersIdStatementOnly",
    "GetV1ReportsExceptionsKind",
    "GetV1WebhookEndpointsIdDeliveriesState",
    "Grant",
    "GrantAdded",
    "GrantAddedData",
    "GrantClawedBack",
    "GrantClawedBackData",
    "GrantExpired",
    "GrantExpiredData",
    "GrantExpiresSoon",
    "GrantExpiresSoonData",
    "GrantKind",
    "GrantLine",
    "GrantLineKind",
    "GrantRequest",
    "GrantRequestKind",
    "HarshPair",
    "Idempotency",
    "IdempotencyState",
    "LastDays",
    "LateAttempts",
    "LatestTexts",
    "LivedUnder",
    "MarginCustomer",
    "MarginCustomerBooks",
    "MarginRow",
    "MarginRowAboveType0",
    "MarginRowBooks",
    "Margins",
    "Member",
    "Money",
    "NextPlan",
    "Nothing",
    "Override",
    "OverrideBegan",
    "OverrideBeganData",
    "OverrideRequest",
    "OverrideRequestAllowancesType0",
    "OverrideRequestPricesType0",
    "OwnKey",
    "OwnKeyChanged",
    "OwnKeyChangedData",
    "OwnKeyKept",
    "OwnKeyRequest",
    "Pause",
    "Period",
    "PresentBilling",
    "PriceLine",
    "Prices",
    "PriceTerms",
    "Problem",
    "ProblemCode",
    "PublicContract",
    "PublicContractActionsItem",
    "PublicContractLinks",
    "PublicContractModeType0",
    "PublicContractPlansItem",
    "PublicContractPromisesItem",
    "PublicContractSummary",
    "PublicContractTerms",
    "PublishedContract",
    "PublishedOperations",
    "Publishing",
    "PublishingChangesItem",
    "PublishingClass",
    "PublishingLintItem",
    "Question",
    "QuestionKept",
    "Quote",
    "QuoteConfirmed",
    "QuoteConfirmedData",
    "QuoteIf",
    "QuoteRequest",
    "QuoteRequestAgainType0",
    "QuoteRequestInputsType0",
    "QuoteRequestPurposeType0",
    "Receipt",
    "ReceiptAttemptsType0Item",
    "ReceiptConfirmationType0",
    "ReceiptDecidedByType0",
    "ReceiptKind",
    "ReceiptMode",
    "ReceiptOutcomeType0",
    "ReceiptPurpose",
    "ReceiptRuleType0",
    "ReceiptStatus",
    "Refund",
    "RefundLine",
    "Renewal",
    "Renewed",
    "RenewedGrantsItem",
    "Replayed",
    "ReplayRequest",
    "Report",
    "ReportOutcome",
    "Resume",
    "Rollout",
    "RolloutActions",
    "RolloutActionsAdditionalProperty",
    "RolloutDefault",
    "RolloutPlans",
    "RolloutPlansAdditionalProperty",
    "RotateRequest",
    "Run",
    "RunAnswered",
    "RunAnsweredData",
    "RunCorrected",
    "RunCorrectedData",
    "RunExpired",
    "RunExpiredData",
    "RunExtended",
    "RunExtendedData",
    "RunHeld",
    "RunHeldData",
    "RunKind",
    "RunMode",
    "RunOutcomeType0",
    "RunQuestioned",
    "RunQuestionedData",
    "RunRefunded",
    "RunRefundedData",
    "RunReleased",
    "RunReleasedData",
    "RunRequest",
    "RunRequestAgainType0",
    "RunRequestInputsType0",
    "RunRequestMetadataType0",
    "RunRequestOutcomeType0",
    "RunRequestPurposeType0",
    "Runs",
    "RunSettled",
    "RunSettledData",
    "RunStatus",
    "SaidToQuestion",
    "ShadowAgainst",
    "ShadowBill",
    "ShadowCause",
    "ShadowCauseVerdict",
    "ShadowCustomers",
    "ShadowDay",
    "ShadowDenials",
    "ShadowExample",
    "ShadowLine",
    "ShadowReport",
    "ShadowSums",
    "ShadowUnforeseen",
    "ShadowUnforeseenWhat",
    "SpecialTerms",
    "Spent",
    "Statement",
    "StatementItem",
    "StatementItemKind",
    "StatementItemOutcomeType0",
    "StatementItemRuleType0",
    "StopRequest",
    "StripeEvent",
    "StripeEventData",
    "StripeTold",
    "StripeToldDid",
    "Terms",
    "TermsBegan",
    "TermsBeganData",
    "TermsChange",
    "TermsChanging",
    "TermsChangingData",
    "TermsFact",
    "TermsRenews",
    "Texts",
    "Today",
    "Token",
    "TokenRequest",
    "TopUp",
    "TopUpWanted",
    "TopUpWantedData",
    "Transfer",
    "UnknownModel",
    "Usage",
    "Wallet",
    "WalletAlertsItem",
    "WalletAllowances",
    "WalletEnoughFor",
    "WalletLine",
    "WalletRunsOutSoon",
    "WalletRunsOutSoonData",
    "WalletUsed",
    "WalletUsedData",
    "WatchedRun",
    "WatchedRunHow",
    "WatchedRunMode",
    "WatchedRuns",
    "WatchedWords",
    "WayForward",
    "WebhookDeliveries",
    "WebhookDelivery",
    "WebhookDeliveryState",
    "WebhookEndpoint",
    "WebhookEndpointChanges",
    "WebhookEndpointRequest",
    "WebhookEndpoints",
    "WebhookTested",
    "WouldBe",
)
