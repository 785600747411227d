/** Made by `npm run docs` from the OpenAPI document; do not edit. */

export interface Schemas {
  GetApiAdminAreasTablePositiveResponse: string;
  Problem: { type: string; title: string; status: number; code: string; detail?: string; instance?: string; errors?: ({ path: string; message: string })[]; since?: string[]; reason?: string; requestId: string };
  GetApiAdminAreasTableNegativeResponse400: Schemas["Problem"];
  GetApiAdminUnitsTableParameterAreaId: string;
  GetApiAdminUnitsTableParameterQ: string;
  GetApiAdminUnitsTableParameterType: "committee" | "dispatchOffice" | "department";
  GetApiAdminUnitsTableParameterState: "active" | "stopped" | "lacking";
  GetApiAdminPeopleTableParameterQ: string;
  GetApiAdminPeopleTableParameterUnitId: string;
  GetApiAdminPeopleTableParameterRole: "member" | "reviewer" | "dispatcher" | "handler" | "head" | "inspector" | "leader" | "admin";
  GetApiAdminPeopleTableParameterState: "all" | "without" | "left";
  GetApiAdminSubstitutionsTableParameterState: "open" | "over";
  GetApiAdminLinksTableParameterState: "open" | "decided";
  GetApiAdminContactsRunsRunIdTableParameterRunId: string;
  GetApiAdminCalendarTableParameterYear: number;
  GetApiStatisticsCasesTableParameterDesk: string;
  GetApiStatisticsCasesTableParameterPeriod: "day" | "week" | "month" | "quarter" | "half" | "year" | "last12" | "custom";
  GetApiStatisticsCasesTableParameterWithin: string;
  GetApiStatisticsCasesTableParameterFrom: string;
  GetApiStatisticsCasesTableParameterArea: string;
  GetApiStatisticsCasesTableParameterPlace: string;
  GetApiStatisticsCasesTableParameterSeq: number;
  GetApiStatisticsCasesTableParameterCounting: number;
  GetApiStatisticsCasesTableParameterAsOf: string;
  GetApiStatisticsCasesTableParameterFigure: "reported" | "accepted" | "dispatched" | "replied" | "closed" | "handedOut" | "adopted" | "assigned" | "closeRate" | "onTimeRate" | "firstLimitRate" | "reworkOnTimeRate" | "signRate" | "solvedRate" | "satisfactionRate" | "firstSatisfactionRate" | "fiveStarRate" | "ratedRate" | "reworkRate" | "returnRate" | "stars" | "at:review" | "at:returned" | "at:declined" | "at:withdrawn" | "at:merged" | "at:dispatch" | "at:sign" | "at:handling" | "at:rework" | "at:rating" | "at:ruling" | "at:unrated" | "at:upheld" | "at:satisfied" | "stars:5" | "stars:4" | "stars:3" | "stars:2" | "stars:1";
  GetApiStatisticsCasesTableParameterStage: "review" | "dispatch" | "sign" | "handle" | "check" | "rework" | "ruling" | "whole";
  GetApiStatisticsCasesTableParameterStep: "reported" | "accepted" | "dispatched" | "replied" | "closed" | "rated" | "satisfied";
  GetApiStatisticsCasesTableParameterAge: string;
  GetApiStatisticsCasesTableParameterMover: string;
  GetApiStatisticsCasesTableParameterMember: string;
  GetApiStatisticsCasesTableParameterLate: string;
  GetApiStatisticsCasesTableParameterReason: string;
  GetApiStatisticsCasesTableParameterPart: "part" | "rest" | "whole";
  GetApiStatisticsTopicsCasesTableParameterWord: string;
  GetApiAdminExchangeCodesTableParameterKind: "category" | "unit" | "state";
  GetApiAdminTokensTableParameterState: "live" | "over";
  GetApiAdminWebhooksWebhookIdDeliveriesTableParameterWebhookId: string;
  GetApiAdminWebhooksWebhookIdDeliveriesTableParameterState: "waiting" | "sent" | "failed";
  Session: { token?: string; expiresAt: string };
  PostApiSessionPositiveResponse: Schemas["Session"];
  PostApiSessionRequestBody: { hostId: string; code: string; door?: "container" | "scan"; mode?: "cookie" | "bearer"; linkCode?: string };
  DeleteApiSessionPositiveResponse: Record<string, never>;
  Me: { person: { id: string; name: string; title: string }; greeting: string; record: string; grants: ({ role: "member" | "reviewer" | "dispatcher" | "handler" | "head" | "inspector" | "leader" | "admin"; roleLabel: string; unit: { id: string; name: string; shortName: string } | null; area: { id: string; name: string }; forName?: string | null })[]; settings: { text: "normal" | "large"; theme: "auto" | "light" | "dark" }; committee: { id: string; name: string; shortName: string } | null; csrf: string | null };
  GetApiMePositiveResponse: Schemas["Me"];
  PatchApiMeSettingsPositiveResponse: { text: "normal" | "large"; theme: "auto" | "light" | "dark" };
  PatchApiMeSettingsRequestBody: { text?: "normal" | "large"; theme?: "auto" | "light" | "dark" };
  GetApiJsapiParameterUrl: string;
  JsapiConfig: { agentId: string; corpId: string; timeStamp: string; nonceStr: string; signature: string } | { ticket: string };
  GetApiJsapiPositiveResponse: Schemas["JsapiConfig"];
  MyAccounts: { accounts: ({ id: string; hostName: string; departments: string[]; here: boolean; seenText: string; mayLeave: boolean })[]; others: string[] };
  GetApiMeAccountsPositiveResponse: Schemas["MyAccounts"];
  LinkCode: { code: string; expiresAt: string; minutes: number };
  PostApiMeAccountsCodePositiveResponse: Schemas["LinkCode"];
  PostApiMeAccountsCodeRequestBody: Record<string, unknown>;
  LinkOutcome: { state: "linked" | "proposed"; text: string };
  PostApiMeAccountsLinkPositiveResponse: Schemas["LinkOutcome"];
  PostApiMeAccountsLinkRequestBody: { linkCode: string };
  PostApiMeAccountsAccountIdLeaveParameterAccountId: string;
  PostApiMeAccountsAccountIdLeavePositiveResponse: Record<string, never>;
  PostApiMeAccountsAccountIdLeaveRequestBody: Record<string, unknown>;
  GetApiAdminLinksParameterAfter: string;
  LinkPage: { items: ({ id: string; state: "proposed" | "refused" | "linked" | "undone"; wayText: string; atText: string; sides: ({ personId: string; name: string; title: string; phone: string | null; roles: string[]; accounts: ({ hostName: string; departments: string[]; seenText: string })[] })[]; effectText: string; blockedText: string; mayDecide: boolean; mayUndo: boolean })[]; after: string | null };
  GetApiAdminLinksPositiveResponse: Schemas["LinkPage"];
  PostApiAdminLinksLinkIdConfirmParameterLinkId: string;
  PostApiAdminLinksLinkIdConfirmPositiveResponse: Record<string, never>;
  PostApiAdminLinksLinkIdRefusePositiveResponse: Record<string, never>;
  PostApiAdminLinksLinkIdUndoPositiveResponse: Record<string, never>;
  Reference: { categories: ({ id: string; name: string; notice: { kind: "info" | "stop"; text: string } | null; questions: ({ id: string; label: string; kind: "text" | "choice" | "date"; choices: string[]; required: boolean })[] })[]; areas: ({ id: string; name: string; tier: "province" | "city" | "county"; parentId: string | null; receivedBy: string | null })[]; committees: ({ id: string; name: string; shortName: string; areaId: string })[] };
  GetApiReferencePositiveResponse: Schemas["Reference"];
  GetApiUnitsParameterCaseId: string;
  GetApiUnitsPositiveResponse: { items: ({ id: string; name: string; shortName: string; areaId: string; type: string })[] };
  GetApiMembersParameterQ: string;
  GetApiMembersPositiveResponse: { items: ({ id: string; name: string; detail: string })[] };
  Queues: { desks: ({ id: string; role: "member" | "reviewer" | "dispatcher" | "handler" | "head" | "inspector" | "leader" | "admin"; title: string; subtitle: string; queues: ({ id: string; label: string; group: "mine" | "others" | "limits" | "done"; tone: "normal" | "amber" | "red"; count: number })[] })[]; asOf: string };
  GetApiQueuesPositiveResponse: Schemas["Queues"];
  GetApiCasesCaseIdClocksClockIdParameterCaseId: string;
  GetApiCasesCaseIdClocksClockIdParameterClockId: string;
  ClockWorking: { caseId: string; clockId: string; title: string; limitText: string; ruleText: string; startAt: string; startText: string; days: ({ date: string; dateText: string; kind: "work" | "half" | "off"; name: string; counted: boolean; text: string })[]; firstDueText: string; moves: ({ kind: "pause" | "granted" | "calendar" | "told"; title: string; text: string; dueText: string; days: ({ date: string; dateText: string; kind: "work" | "half" | "off"; name: string; counted: boolean; text: string })[] })[]; dueAt: string; dueText: string; stateText: string; light: "green" | "amber" | "red" | "paused"; provisionalText: string | null };
  GetApiCasesCaseIdClocksClockIdPositiveResponse: Schemas["ClockWorking"];
  Calendar: { area: { id: string; name: string } | null; year: number; years: number[]; today: string | null; workDays: number; sourceText: string; provisional: boolean; ownNotice: boolean; months: ({ month: number; holidays: string; workDays: number; days: ({ date: string | null; weekday: number; kind: "work" | "half" | "off"; reason: "weekday" | "weekend" | "holiday" | "makeUp" | "override"; name: string; local: "own" | "above" })[] })[]; localDays: ({ area: { id: string; name: string } | null; own: boolean; date: string | null; dateText: string; kind: "work" | "half" | "off"; kindText: string; reason: string })[]; hours: { now: ({ label: string; text: string })[]; lengthText: string; entries: ({ area: { id: string; name: string } | null; own: boolean; validFrom: string | null; fromText: string; spans: ([string, string])[] | null; text: string; inForce: boolean })[] }; changes: ({ id: string; words: string; who: string; effect: string; running: boolean })[] };
  GetApiAdminCalendarPositiveResponse: Schemas["Calendar"];
  CalendarChange: { kind: "day"; date: string; to: "work" | "half" | "off"; reason?: string } | { kind: "hours"; validFrom: string; spans: ([string, string])[] | null } | { kind: "hoursGone"; validFrom: string } | { kind: "notice"; year: number; text: string } | { kind: "noticeGone"; year: number };
  CalendarPreview: { words: string; sentence: string; changes: boolean; caseCount: number; items: ({ caseId: string; number: string; title: string; clock: string; whom: string; fromText: string; toText: string })[]; holidays: ({ name: string; text: string; makeUp: string })[] };
  PostApiAdminCalendarPreviewPositiveResponse: Schemas["CalendarPreview"];
  PostApiAdminCalendarPreviewRequestBody: { areaId: string; change: Schemas["CalendarChange"] };
  PostApiAdminCalendarChangesPositiveResponse: { words: string };
  Policy: { area: { id: string; name: string }; published: { id: string; number: number; text: string } | null; draft: { id: string; number: number; revision: number; text: string } | null; revision: number; document: { rows: ({ categoryId: string | null; urgency: "normal" | "urgent" | "complex"; kind: "review" | "dispatch" | "sign" | "reply" | "ask" | "countersign" | "check" | "extension" | "rate" | "ruling" | "appeal" | "supervision" | "supplement" | "promise"; limit: { unit: "hours" | "days" | "naturalDays"; amount: number } })[]; rules: { dispatcherCheck: boolean | null; headApproval: boolean | null; visitPercent: number | null } }; kinds: ({ kind: "review" | "dispatch" | "sign" | "reply" | "ask" | "countersign" | "check" | "extension" | "rate" | "ruling" | "appeal" | "supervision" | "supplement" | "promise"; label: string; natural: boolean; main: boolean })[]; rows: ({ categoryId: string | null; urgency: "normal" | "urgent" | "complex"; label: string; scope: string; own: boolean; cells: ({ kind: "review" | "dispatch" | "sign" | "reply" | "ask" | "countersign" | "check" | "extension" | "rate" | "ruling" | "appeal" | "supervision" | "supplement" | "promise"; limit: { unit: "hours" | "days" | "naturalDays"; amount: number }; text: string; own: boolean; from: string; changed: boolean })[] })[]; rules: ({ rule: "dispatcherCheck" | "headApproval" | "visitPercent"; label: string; hint: string; value: boolean | number; own: boolean; from: string; changed: boolean })[]; changes: string[]; faults: string[]; tempos: ({ id: string; name: string; limits: { [more: string]: { unit: "hours" | "days" | "naturalDays"; amount: number } } })[]; categories: ({ id: string; name: string })[]; urgencies: ({ id: "normal" | "urgent" | "complex"; name: string })[]; versions: ({ id: string; number: number; text: string; note: string; changes: string[] })[] };
  GetApiAdminPoliciesPositiveResponse: Schemas["Policy"];
  PutApiAdminPoliciesDraftRequestBody: { areaId: string; revision: number; document: { rows: ({ categoryId: string | null; urgency: "normal" | "urgent" | "complex"; kind: "review" | "dispatch" | "sign" | "reply" | "ask" | "countersign" | "check" | "extension" | "rate" | "ruling" | "appeal" | "supervision" | "supplement" | "promise"; limit: { unit: "hours" | "days" | "naturalDays"; amount: number } })[]; rules: { dispatcherCheck: boolean | null; headApproval: boolean | null; visitPercent: number | null } } };
  PostApiAdminPoliciesPublishRequestBody: { areaId: string; versionId: string; revision: number; note?: string };
  GetApiCasesParameterDesk: string;
  GetApiCasesParameterQueue: string;
  GetApiCasesParameterQ: string;
  GetApiCasesParameterSort: "due" | "newest";
  GetApiCasesParameterAfter: string;
  GetApiCasesParameterLimit: number;
  CasePage: { items: ({ id: string; number: string; title: string; state: "draft" | "submitted" | "returned" | "declined" | "withdrawn" | "merged" | "accepted" | "dispatched" | "handling" | "replying" | "replied" | "disputed" | "closed"; stateLabel: string; round: number; area: { id: string; name: string }; category: string; lead: { id: string; name: string; shortName: string } | null; next: string; mine: boolean; left: { clockId: string; light: "green" | "amber" | "red" | "paused"; text: string; dueText: string; dueAt: string; leftMinutes: number; wholeMinutes: number } | null; prompt: "rate" | "answer" | "resubmit" | "join"; rating: number | null; unseen: boolean; updatedAt: string; updatedText: string })[]; after: string | null; total: number | null };
  GetApiCasesPositiveResponse: Schemas["CasePage"];
  Case: { id: string; number: string; version: number; state: "draft" | "submitted" | "returned" | "declined" | "withdrawn" | "merged" | "accepted" | "dispatched" | "handling" | "replying" | "replied" | "disputed" | "closed"; stateLabel: string; round: number; headline: string[]; subline: string; light: "green" | "amber" | "red" | "paused"; lightWord: string | null; clockId: string | null; ring: { caption: string; value: string; foot: string; share: number; light: "green" | "amber" | "red" | "paused" } | null; content: { title: string; situation: string; analysis: string; suggestion: string; categoryId: string; category: string; answers: ({ question: string; answer: string })[]; place: { text: string; area: { id: string; name: string } | null; latitude: number | null; longitude: number | null }; files: ({ id: string; name: string; kind: "image" | "document" | "audio" | "video"; bytes: number; state: "pending" | "ready"; thumbUrl: string | null; url: string | null })[] }; original: { title: string; situation: string; analysis: string; suggestion: string; categoryId: string; category: string; answers: ({ question: string; answer: string })[]; place: { text: string; area: { id: string; name: string } | null; latitude: number | null; longitude: number | null }; files: ({ id: string; name: string; kind: "image" | "document" | "audio" | "video"; bytes: number; state: "pending" | "ready"; thumbUrl: string | null; url: string | null })[] } | null; editedBy: string | null; area: { id: string; name: string } | null; committee: { id: string; name: string; shortName: string }; urgency: "normal" | "urgent" | "complex"; urgencyLabel: string; disclosure: { anonymous: boolean; openness: "staff" | "members" | "public"; opennessLabel: string; phoneToUnit: boolean }; authors: ({ name: string; detail: string; phone: string | null; you: boolean; joined: "first" | "invited" | "accepted" | "declined" | "left"; joinedLabel: string })[]; filedBy: string | null; supporters: { count: number; you: boolean }; mergedInto: { caseId: string; number: string; title: string } | null; absorbed: ({ caseId: string; number: string; title: string })[]; approval: { text: string; files: ({ id: string; name: string; kind: "image" | "document" | "audio" | "video"; bytes: number; state: "pending" | "ready"; thumbUrl: string | null; url: string | null })[]; result: { class: "solved" | "planned" | "declined"; label: string; detail: string }; steps: ({ label: string; state: "done" | "now" | "ahead" })[]; by: string } | null; extension: { untilText: string; reason: string; askedText: string } | null; supervision: { levelLabel: string; text: string; atText: string; answered: boolean } | null; appeals: ({ round: number; unit: { id: string; name: string; shortName: string }; reason: string; outcome: "stands" | "excused"; outcomeLabel: string })[]; plan: { promisedOn: string; text: string; state: "open" | "fulfilled" | "missed" } | null; honours: string[]; visitWanted: "low" | "sample"; mine: boolean; timeline: ({ version: number; action: "submit" | "withdraw" | "takeOver" | "accept" | "return" | "decline" | "edit" | "correct" | "reconsider" | "merge" | "separate" | "absorb" | "release" | "escalate" | "delegate" | "receive" | "dispatch" | "sendBack" | "redispatch" | "changeCoHandlers" | "recall" | "sign" | "reply" | "progress" | "ask" | "answer" | "lapseAsk" | "opinion" | "transferBack" | "lapseCountersign" | "requestExtension" | "grant" | "deny" | "contact" | "approve" | "rejectReply" | "rate" | "settle" | "conclude" | "appeal" | "reviewAppeal" | "followUp" | "fulfil" | "reopen" | "visit" | "adopt" | "instruct" | "commend" | "publish" | "supplement" | "comment" | "urge" | "supervise" | "answerSupervision" | "invite" | "join" | "declineJoin" | "leave" | "support" | "reveal" | "overdue" | "remind" | "recount"; title: string; who: string; at: string; atText: string; text: string; tone: "normal" | "good" | "warn" | "bad"; files: ({ id: string; name: string; kind: "image" | "document" | "audio" | "video"; bytes: number; state: "pending" | "ready"; thumbUrl: string | null; url: string | null })[]; result: { class: "solved" | "planned" | "declined"; label: string; detail: string } | null; stars: number | null; internal: boolean })[]; assignments: ({ id: string; unit: { id: string; name: string; shortName: string }; part: "lead" | "co"; partLabel: string; round: number; stateLabel: string; active: boolean; detail: string; left: { clockId: string; light: "green" | "amber" | "red" | "paused"; text: string; dueText: string; dueAt: string; leftMinutes: number; wholeMinutes: number } | null })[]; steps: ({ label: string; state: "done" | "now" | "ahead"; detail: string })[]; left: { clockId: string; light: "green" | "amber" | "red" | "paused"; text: string; dueText: string; dueAt: string; leftMinutes: number; wholeMinutes: number } | null; ask: { question: string; askedText: string; untilText: string } | null; instruction: { who: string; text: string } | null; rework: string | null; pendingFiles: number; started: { class: "solved" | "planned" | "declined"; text: string } | null; actions: ({ action: "submit" | "withdraw" | "takeOver" | "accept" | "return" | "decline" | "edit" | "correct" | "reconsider" | "merge" | "separate" | "absorb" | "release" | "escalate" | "delegate" | "receive" | "dispatch" | "sendBack" | "redispatch" | "changeCoHandlers" | "recall" | "sign" | "reply" | "progress" | "ask" | "answer" | "lapseAsk" | "opinion" | "transferBack" | "lapseCountersign" | "requestExtension" | "grant" | "deny" | "contact" | "approve" | "rejectReply" | "rate" | "settle" | "conclude" | "appeal" | "reviewAppeal" | "followUp" | "fulfil" | "reopen" | "visit" | "adopt" | "instruct" | "commend" | "publish" | "supplement" | "comment" | "urge" | "supervise" | "answerSupervision" | "invite" | "join" | "declineJoin" | "leave" | "support" | "reveal" | "overdue" | "remind" | "recount"; label: string; consequence: string; rank: number; input: "none" | "submit" | "withdraw" | "optionalReason" | "accept" | "received" | "reason" | "note" | "words" | "merge" | "absorb" | "absorbed" | "delegate" | "invite" | "extension" | "contact" | "appealReview" | "visit" | "adopt" | "instruct" | "publish" | "supervise" | "reveal" | "edit" | "correct" | "units" | "coUnits" | "redispatch" | "transferBack" | "progress" | "ask" | "answer" | "opinion" | "reply" | "rate" | "conclude" | "supplement" | "comment" | "urge" | "clock" | "reminder" | "recount"; exclusive: boolean; reasons: string[]; reasonsByStars?: string[][] })[] };
  GetApiCasesCaseIdPositiveResponse: Schemas["Case"];
  SimilarCases: { items: ({ id: string; title: string; category: string; place: string; stateLabel: string; score: number; reasons: ({ kind: "place" | "category" | "words"; text: string })[]; mine: boolean; supported: boolean; maySupport: boolean; mayMerge: boolean })[] };
  GetApiCasesCaseIdSimilarPositiveResponse: Schemas["SimilarCases"];
  Suggestions: { units: ({ unit: { id: string; name: string; shortName: string }; reasons: ({ kind: "word" | "category" | "cases" | "duty"; text: string })[]; load: { open: number; overdue: number; text: string }; belief: number })[]; category: { id: string; name: string; reasons: ({ kind: "word" | "category" | "cases" | "duty"; text: string })[]; belief: number } | null };
  GetApiCasesCaseIdSuggestionsPositiveResponse: Schemas["Suggestions"];
  GetApiSimilarParameterTitle: string;
  GetApiSimilarParameterSituation: string;
  GetApiSimilarParameterLatitude: number;
  GetApiSimilarParameterLongitude: number;
  GetApiSimilarParameterExclude: string;
  GetApiCasesCaseIdPreviewsDispatchParameterUnit: "days" | "hours";
  GetApiCasesCaseIdPreviewsDispatchParameterAmount: number;
  DispatchPreview: { limit: { unit: "days" | "hours"; amount: number }; usual: { unit: "days" | "hours"; amount: number }; dueAt: string; dueText: string; noteText: string; signDueAt: string; days: ({ date: string; label: string; weekday: string; kind: "work" | "half" | "off"; name: string; counted: number | null; mark: string })[]; provisional: boolean };
  GetApiCasesCaseIdPreviewsDispatchPositiveResponse: Schemas["DispatchPreview"];
  PostApiCasesCaseIdActionsSubmitParameterCaseId: string;
  PostApiCasesCaseIdActionsSubmitRequestBody: { title: string; situation: string; analysis?: string; suggestion?: string; categoryId?: string | null; place: { text: string; areaId?: string | null; latitude?: number; longitude?: number }; fileIds?: string[]; answers?: ({ question: string; answer: string })[]; disclosure?: { anonymous?: boolean; openness?: "staff" | "members" | "public"; phoneToUnit?: boolean }; committeeId?: string; invitees?: (string | null)[]; onBehalfOf?: string; seenVersion?: number };
  PostApiCasesCaseIdActionsWithdrawRequestBody: { reason?: string; seenVersion?: number };
  PostApiCasesCaseIdActionsTakeOverRequestBody: { seenVersion?: number };
  PostApiCasesCaseIdActionsAcceptRequestBody: { categoryId?: string; urgency?: "normal" | "urgent" | "complex"; openness?: "staff" | "members" | "public"; note?: string; seenVersion?: number };
  PostApiCasesCaseIdActionsReturnRequestBody: { reason: string; seenVersion?: number };
  PostApiCasesCaseIdActionsEditRequestBody: { title: string; situation: string; analysis?: string; suggestion?: string; categoryId?: string | null; place: { text: string; areaId?: string | null; latitude?: number; longitude?: number }; answers?: ({ question: string; answer: string })[]; seenVersion?: number };
  PostApiCasesCaseIdActionsCorrectRequestBody: { categoryId?: string | null; place?: { text: string; areaId?: string | null; latitude?: number; longitude?: number }; reason?: string; seenVersion?: number };
  PostApiCasesCaseIdActionsMergeRequestBody: { intoCaseId: string; note?: string; seenVersion?: number };
  PostApiCasesCaseIdActionsSeparateRequestBody: { note?: string; seenVersion?: number };
  PostApiCasesCaseIdActionsDelegateRequestBody: { reason: string; areaId: string; seenVersion?: number };
  PostApiCasesCaseIdActionsDispatchRequestBody: { leadUnitId: string; coUnitIds?: string[]; limit?: { unit: "days"; amount: number } | { unit: "hours"; amount: number }; note?: string; countersign?: boolean; seenVersion?: number };
  PostApiCasesCaseIdActionsRedispatchRequestBody: { leadUnitId: string; coUnitIds?: string[]; limit?: { unit: "days"; amount: number } | { unit: "hours"; amount: number }; note?: string; countersign?: boolean; reason: string; seenVersion?: number };
  PostApiCasesCaseIdActionsChangeCoHandlersRequestBody: { coUnitIds: string[]; seenVersion?: number };
  PostApiCasesCaseIdActionsReplyRequestBody: { class: "solved" | "planned" | "declined"; text: string; fileIds?: string[]; reason?: string | null; promisedOn?: string | null; seenVersion?: number };
  PostApiCasesCaseIdActionsProgressRequestBody: { text: string; fileIds?: string[]; visible?: boolean; seenVersion?: number };
  PostApiCasesCaseIdActionsAskRequestBody: { question: string; seenVersion?: number };
  PostApiCasesCaseIdActionsAnswerRequestBody: { text: string; fileIds?: string[]; seenVersion?: number };
  PostApiCasesCaseIdActionsTransferBackRequestBody: { reason: string; suggestedUnitId?: string | null; seenVersion?: number };
  PostApiCasesCaseIdActionsRequestExtensionRequestBody: { reason: string; until: string; seenVersion?: number };
  PostApiCasesCaseIdActionsContactRequestBody: { at: string; way: "phone" | "visit" | "meeting" | "site"; text: string; fileIds?: string[]; visible?: boolean; seenVersion?: number };
  PostApiCasesCaseIdActionsRateRequestBody: { stars: number; reasons?: string[]; text?: string; seenVersion?: number };
  PostApiCasesCaseIdActionsConcludeRequestBody: { ruling: "uphold" | "dispatchAgain"; text: string; seenVersion?: number };
  PostApiCasesCaseIdActionsReviewAppealRequestBody: { outcome: "stands" | "excused"; text: string; seenVersion?: number };
  PostApiCasesCaseIdActionsVisitRequestBody: { at: string; way: "phone" | "visit" | "meeting" | "site"; outcome: "solved" | "partly" | "unsolved" | "unreached"; text?: string; seenVersion?: number };
  PostApiCasesCaseIdActionsAdoptRequestBody: { level: "county" | "city" | "province" | "nation"; note?: string; seenVersion?: number };
  PostApiCasesCaseIdActionsInstructRequestBody: { text: string; visible?: boolean; seenVersion?: number };
  PostApiCasesCaseIdActionsPublishRequestBody: { title: string; text: string; seenVersion?: number };
  PostApiCasesCaseIdActionsCommentRequestBody: { text: string; seenVersion?: number };
  PostApiCasesCaseIdActionsUrgeRequestBody: { text?: string; seenVersion?: number };
  PostApiCasesCaseIdActionsSuperviseRequestBody: { level?: "normal" | "major"; text: string; limit?: { unit: "days"; amount: number } | { unit: "hours"; amount: number }; seenVersion?: number };
  PostApiCasesCaseIdActionsInviteRequestBody: { personIds: string[]; seenVersion?: number };
  PostApiCasesCaseIdActionsRevealRequestBody: { reason: string; basis: "consent" | "legal"; seenVersion?: number };
  Front: { hosts: ({ id: string; vendor: string; corpId: string; clientId: string; agentId: string; scanPage?: string })[]; version: string; monitoring?: { emas: { script: string; bid: string; signKey: string; gateway: string } | null; aplus: { script: string; host: string; appId: string; appName: string } | null } };
  GetApiFrontPositiveResponse: Schemas["Front"];
  HostOriginsList: { items: ({ hostId: string; vendor: string; vendorLabel: string; origins: string[]; version: number; changedAt: string | null })[] };
  GetApiAdminOriginsPositiveResponse: Schemas["HostOriginsList"];
  PutApiAdminOriginsHostIdParameterHostId: string;
  PutApiAdminOriginsHostIdRequestBody: { origins: string[]; version: number };
  SyncOverview: { hosts: ({ id: string; name: string; people: number; departments: number })[]; runs: ({ id: string; hostId: string; byText: string; atText: string; state: "reading" | "read" | "applying" | "done" | "failed"; stateText: string })[] };
  GetApiAdminContactsPositiveResponse: Schemas["SyncOverview"];
  PostApiAdminContactsRunsPositiveResponse: { id: string };
  PostApiAdminContactsRunsRequestBody: { hostId: string };
  GetApiAdminContactsRunsRunIdParameterRunId: string;
  SyncDetail: { id: string; hostId: string; byText: string; atText: string; state: "reading" | "read" | "applying" | "done" | "failed"; stateText: string; blockedText: string; groups: ({ kind: "personLeft" | "personAdded" | "personBack" | "personChanged" | "departmentAdded" | "departmentRenamed" | "departmentGone" | "unitRenamed"; label: string; count: number; items: ({ name: string; detail: string; warn: boolean })[] })[]; mayApply: boolean };
  GetApiAdminContactsRunsRunIdPositiveResponse: Schemas["SyncDetail"];
  PostApiAdminContactsRunsRunIdApplyPositiveResponse: Record<string, never>;
  AreaTree: { items: ({ id: string; name: string; tier: "province" | "city" | "county"; tierLabel: string; prefix: string; parentId: string | null; committee: { id: string; name: string; shortName: string } | null; dispatchOffice: { id: string; name: string; shortName: string } | null; borrowed: boolean; units: number; warnings: string[]; removable: boolean })[] };
  GetApiAdminAreasPositiveResponse: Schemas["AreaTree"];
  PostApiAdminAreasPositiveResponse: { id: string };
  PostApiAdminAreasRequestBody: { code: string; name: string; tier: "province" | "city" | "county"; parentId: string; prefix: string };
  PatchApiAdminAreasAreaIdParameterAreaId: string;
  PatchApiAdminAreasAreaIdPositiveResponse: Record<string, never>;
  PatchApiAdminAreasAreaIdRequestBody: { name: string; prefix: string };
  DeleteApiAdminAreasAreaIdPositiveResponse: Record<string, never>;
  UnitPage: { items: ({ id: string; name: string; shortName: string; type: "committee" | "dispatchOffice" | "department"; typeLabel: string; area: { id: string; name: string }; active: boolean; staffText: string; warnings: string[] })[]; after: string | null; total: number; lacking: number };
  GetApiAdminUnitsPositiveResponse: Schemas["UnitPage"];
  PostApiAdminUnitsPositiveResponse: { id: string };
  PostApiAdminUnitsRequestBody: { name: string; shortName: string; type: "committee" | "dispatchOffice" | "department"; areaId: string };
  UnitDetail: { id: string; name: string; shortName: string; type: "committee" | "dispatchOffice" | "department"; typeLabel: string; area: { id: string; name: string }; active: boolean; staffText: string; warnings: string[]; today: string; headApproval: "inherit" | "yes" | "no"; roles: ({ id: "member" | "reviewer" | "dispatcher" | "handler" | "head" | "inspector" | "leader" | "admin"; label: string })[]; staff: ({ grantId: string; person: { id: string; name: string; title: string }; role: "member" | "reviewer" | "dispatcher" | "handler" | "head" | "inspector" | "leader" | "admin"; roleLabel: string; periodText: string; awayText: string; reachable: boolean })[]; departments: ({ hostId: string; id: string; name: string; path: string; people: number; unit: { id: string; name: string; shortName: string } | null })[]; suggestions: ({ id: string; name: string; title: string })[]; openCases: number; movable: boolean };
  GetApiAdminUnitsUnitIdPositiveResponse: Schemas["UnitDetail"];
  PatchApiAdminUnitsUnitIdPositiveResponse: Record<string, never>;
  PatchApiAdminUnitsUnitIdRequestBody: { name: string; shortName: string; type: "committee" | "dispatchOffice" | "department"; areaId: string; headApproval: "inherit" | "yes" | "no" };
  Impact: { stranded: number; cases: ({ id: string; number: string; title: string; stateLabel: string })[]; sentences: string[] };
  GetApiAdminUnitsUnitIdImpactPositiveResponse: Schemas["Impact"];
  PostApiAdminUnitsUnitIdStopPositiveResponse: Record<string, never>;
  PostApiAdminUnitsUnitIdStopRequestBody: { seen: number };
  PostApiAdminUnitsUnitIdResumePositiveResponse: Record<string, never>;
  HostDepartments: { items: ({ hostId: string; id: string; name: string; path: string; people: number; unit: { id: string; name: string; shortName: string } | null })[] };
  GetApiAdminDepartmentsPositiveResponse: Schemas["HostDepartments"];
  PutApiAdminDepartmentsPositiveResponse: Record<string, never>;
  PutApiAdminDepartmentsRequestBody: { hostId: string; departmentId: string; unitId: string | null };
  PersonPage: { items: ({ id: string; name: string; title: string; phone: string | null; active: boolean; roles: string[]; seenText: string })[]; after: string | null };
  GetApiAdminPeoplePositiveResponse: Schemas["PersonPage"];
  PostApiAdminPeoplePositiveResponse: { id: string };
  PostApiAdminPeopleRequestBody: { name: string; title?: string; phone?: string; userId: string; hostId?: string };
  GetApiAdminPeoplePersonIdParameterPersonId: string;
  PersonDetail: { id: string; name: string; title: string; phone: string | null; active: boolean; roles: string[]; seenText: string; today: string | null; grants: ({ id: string; role: "member" | "reviewer" | "dispatcher" | "handler" | "head" | "inspector" | "leader" | "admin"; roleLabel: string; unit: { id: string; name: string; shortName: string } | null; area: { id: string; name: string }; fromDate: string | null; toDate: string | null; periodText: string; state: "coming" | "running" | "over"; mayEnd: boolean })[]; memberships: ({ id: string; committee: { id: string; name: string; shortName: string } | null; sector: string; specialCommittee: string; term: string; periodText: string; state: "coming" | "running" | "over"; mayEdit: boolean })[]; accounts: ({ id: string; hostId: string; userId: string; active: boolean; departments: string[]; seenText: string })[]; awayTexts: string[]; lockedText: string };
  GetApiAdminPeoplePersonIdPositiveResponse: Schemas["PersonDetail"];
  PatchApiAdminPeoplePersonIdPositiveResponse: Record<string, never>;
  PatchApiAdminPeoplePersonIdRequestBody: { name: string; title?: string; phone?: string };
  PostApiAdminPeoplePersonIdEndPositiveResponse: Record<string, never>;
  PatchApiAdminMembershipsMembershipIdParameterMembershipId: string;
  PatchApiAdminMembershipsMembershipIdPositiveResponse: Record<string, never>;
  PatchApiAdminMembershipsMembershipIdRequestBody: { sector?: string; specialCommittee?: string; term?: string };
  PostApiAdminGrantsPositiveResponse: { id: string };
  PostApiAdminGrantsRequestBody: { personId: string; role: "member" | "reviewer" | "dispatcher" | "handler" | "head" | "inspector" | "leader" | "admin"; unitId?: string | null; areaId?: string | null; fromDate: string | null; toDate?: string | null; sector?: string; specialCommittee?: string; term?: string };
  GetApiAdminGrantsGrantIdImpactParameterGrantId: string;
  GetApiAdminGrantsGrantIdImpactParameterToDate: string;
  PostApiAdminGrantsGrantIdEndPositiveResponse: Record<string, never>;
  PostApiAdminGrantsGrantIdEndRequestBody: { toDate?: string | null; seen: number };
  GetApiLateParameterDesk: string;
  GetApiLateParameterReason: "unanswered" | "handedOn" | "afterExtension" | "unsigned" | "headCheck" | "supervision" | "promise" | "redispatch" | "secondRedispatch" | "undispatched" | "officeCheck" | "extension" | "officeSupervision" | "unreviewed" | "ruling" | "appeal" | "supplement";
  GetApiLateParameterMover: "handler" | "head" | "dispatcher" | "reviewer" | "inspector" | "author" | "platform";
  LateSummary: { desk: { id: string; title: string; area: string }; desks: ({ id: string; title: string })[]; sentence: string; detail: string; late: number; notUnit: number; running: number; soon: number; reasons: ({ id: "unanswered" | "handedOn" | "afterExtension" | "unsigned" | "headCheck" | "supervision" | "promise" | "redispatch" | "secondRedispatch" | "undispatched" | "officeCheck" | "extension" | "officeSupervision" | "unreviewed" | "ruling" | "appeal" | "supplement"; label: string; count: number; unit: boolean })[]; areas: ({ id: string; name: string; count: number })[]; movers: ({ id: "handler" | "head" | "dispatcher" | "reviewer" | "inspector" | "author" | "platform"; label: string; count: number })[]; mayUrge: boolean; asOf: string; asOfText: string };
  GetApiLatePositiveResponse: Schemas["LateSummary"];
  GetApiLateGroupsParameterBy: "unit" | "stage" | "reason" | "area";
  GetApiLateGroupsParameterAll: string;
  LateGroupPage: { items: ({ key: string; name: string; late: number; unitMoves: number; running: number; stages: ({ id: string; running: number; late: number })[]; longestText: string; reasonsText: string; urgedText: string })[]; after: string | null; total: number };
  GetApiLateGroupsPositiveResponse: Schemas["LateGroupPage"];
  GetApiLateItemsParameterBy: "unit" | "stage" | "reason" | "area";
  GetApiLateItemsParameterKey: string;
  LateItemPage: { items: ({ id: string; number: string; title: string; area: string; stageText: string; overText: string; dueText: string; dueAtText: string; moveText: string; reason: "unanswered" | "handedOn" | "afterExtension" | "unsigned" | "headCheck" | "supervision" | "promise" | "redispatch" | "secondRedispatch" | "undispatched" | "officeCheck" | "extension" | "officeSupervision" | "unreviewed" | "ruling" | "appeal" | "supplement"; tag: string; urgedText: string; unit: boolean; mayUrge: boolean })[]; after: string | null; total: number };
  GetApiLateItemsPositiveResponse: Schemas["LateItemPage"];
  GetApiExportsCircularPositiveResponse: string;
  CasePrint: { caseId: string; number: string; owner: string; title: string; sentence: string; code: { size: number; path: string }; facts: ({ label: string; value: string; mark: string; wide: boolean })[]; matter: { edited: boolean; parts: ({ label: string; text: string })[]; original: string }; photos: ({ fileId: string; url: string; caption: string })[]; attachments: ({ fileId: string; name: string; detail: string })[]; replies: ({ label: string; text: string; by: string })[]; ratings: ({ stars: number; label: string; text: string; by: string })[]; history: ({ at: string; who: string; unit: string; what: string })[]; stages: ({ label: string; limit: string; used: string; result: string; share: number })[]; signatures: string[]; printed: string; check: string };
  GetApiCasesCaseIdPrintPositiveResponse: Schemas["CasePrint"];
  GetApiCasesCaseIdArchivePositiveResponse: string;
  Urges: { id: string; open: boolean; total: number; done: number; urged: number; sentence: string; units: ({ name: string; count: number })[]; skipped: ({ id: string; number: string; title: string; why: string })[] };
  PostApiUrgesPositiveResponse: Schemas["Urges"];
  PostApiUrgesRequestBody: { desk: string; reason?: "unanswered" | "handedOn" | "afterExtension" | "unsigned" | "headCheck" | "supervision" | "promise" | "redispatch" | "secondRedispatch" | "undispatched" | "officeCheck" | "extension" | "officeSupervision" | "unreviewed" | "ruling" | "appeal" | "supplement"; area?: string; mover?: "handler" | "head" | "dispatcher" | "reviewer" | "inspector" | "author" | "platform"; by?: "unit" | "stage" | "reason" | "area"; groups?: ({ key: string; except?: string[] })[]; caseIds?: string[]; text?: string };
  UrgePreview: { sentence: string; count: number; caseIds: string[]; units: ({ name: string; count: number })[]; leftOut: ({ id: string; title: string; why: string })[] };
  PostApiUrgesPreviewPositiveResponse: Schemas["UrgePreview"];
  PostApiUrgesPreviewRequestBody: { desk: string; reason?: "unanswered" | "handedOn" | "afterExtension" | "unsigned" | "headCheck" | "supervision" | "promise" | "redispatch" | "secondRedispatch" | "undispatched" | "officeCheck" | "extension" | "officeSupervision" | "unreviewed" | "ruling" | "appeal" | "supplement"; area?: string; mover?: "handler" | "head" | "dispatcher" | "reviewer" | "inspector" | "author" | "platform"; by?: "unit" | "stage" | "reason" | "area"; groups?: ({ key: string; except?: string[] })[]; caseIds?: string[] };
  SubstitutionPage: { items: ({ id: string; person: { id: string; name: string; title: string } | null; substitute: { id: string; name: string; title: string } | null; periodText: string; fromDate: string; toDate: string; state: "coming" | "running" | "over"; stateText: string; reason: string; finallyBy: { id: string; name: string; title: string } | null; mayEnd: boolean })[]; after: string | null };
  GetApiAdminSubstitutionsPositiveResponse: Schemas["SubstitutionPage"];
  MySubstitutions: { mayName: boolean; own: ({ id: string; person: { id: string; name: string; title: string } | null; substitute: { id: string; name: string; title: string } | null; periodText: string; fromDate: string; toDate: string; state: "coming" | "running" | "over"; stateText: string; reason: string; finallyBy: { id: string; name: string; title: string } | null; mayEnd: boolean })[]; others: ({ id: string; person: { id: string; name: string; title: string } | null; substitute: { id: string; name: string; title: string } | null; periodText: string; fromDate: string; toDate: string; state: "coming" | "running" | "over"; stateText: string; reason: string; finallyBy: { id: string; name: string; title: string } | null; mayEnd: boolean })[] };
  GetApiSubstitutionsPositiveResponse: Schemas["MySubstitutions"];
  SubstituteCandidates: { today: string; items: ({ id: string; name: string; title: string; detail: string; awayText: string })[] };
  GetApiSubstitutionsCandidatesPositiveResponse: Schemas["SubstituteCandidates"];
  PostApiSubstitutionsPositiveResponse: { id: string };
  PostApiSubstitutionsRequestBody: { personId?: string; substituteId: string; fromDate: string; toDate: string; reason?: string };
  PostApiSubstitutionsSubstitutionIdEndPositiveResponse: Record<string, never>;
  GetApiCategoriesParameterPlace: string;
  GetApiCategoriesParameterCommittee: string;
  GetApiCategoriesPositiveResponse: { items: ({ id: string; name: string; notice: { kind: "info" | "stop"; text: string } | null; questions: ({ id: string; label: string; kind: "text" | "choice" | "date"; choices: string[]; required: boolean })[] })[] };
  GetApiPhrasesPositiveResponse: { items: ({ id: string; text: string; from: "mine" | "unit" | "area"; fromName: string })[] };
  PutApiPhrasesItemIdParameterItemId: string;
  PutApiPhrasesItemIdPositiveResponse: Record<string, never>;
  PutApiPhrasesItemIdRequestBody: { text: string };
  GetApiAdminCategoriesParameterAreaId: string;
  GetApiAdminCategoriesPositiveResponse: { items: ({ id: string; name: string; notice: { kind: "info" | "stop"; text: string } | null; questions: ({ id: string; label: string; kind: "text" | "choice" | "date"; choices: string[]; required: boolean })[]; from: { id: string; name: string } | null; own: boolean; seen: string | null; active: boolean; added: boolean })[]; order: { own: boolean; seen: string | null }; changes: ({ id: string; what: string; who: string; atText: string; undone: boolean })[] };
  GetApiAdminCategoriesItemIdUsesPositiveResponse: { open: number | null; text: string };
  GetApiAdminTextsPositiveResponse: { items: ({ id: string; from: { id: string; name: string } | null; own: boolean; seen: string | null; name: string; to: string; channel: "card" | "notice"; of: string | null; fields: ({ key: string; label: string; max: number; lines: boolean; words: string; standard: string })[]; variables: ({ name: string; sample: string })[] })[]; changes: ({ id: string; what: string; who: string; atText: string; undone: boolean })[] };
  PostApiAdminTextsItemIdPreviewPositiveResponse: { channels: ({ id: "card" | "actionCard" | "notice"; label: string; parts: ({ kind: "strip" | "title" | "text" | "field" | "button" | "link" | "input" | "stars" | "figures"; text: string; beside: string; tone: "normal" | "quiet" | "strong" | "green" | "amber" | "red" | "grey" | "primary" | "soft" })[]; problem: string })[]; after: { button: string; parts: ({ kind: "strip" | "title" | "text" | "field" | "button" | "link" | "input" | "stars" | "figures"; text: string; beside: string; tone: "normal" | "quiet" | "strong" | "green" | "amber" | "red" | "grey" | "primary" | "soft" })[] } | null; verdict: string; fits: boolean };
  PostApiAdminTextsItemIdPreviewRequestBody: { areaId: string; words: { [more: string]: string } };
  GetApiAdminReasonsPositiveResponse: { items: ({ id: string; from: { id: string; name: string } | null; own: boolean; seen: string | null; label: string; who: string; reasons: string[] })[]; changes: ({ id: string; what: string; who: string; atText: string; undone: boolean })[] };
  GetApiAdminPhrasesPositiveResponse: { items: ({ id: string; from: { id: string; name: string } | null; own: boolean; seen: string | null; text: string; unit: { id: string; name: string; shortName: string } | null })[]; changes: ({ id: string; what: string; who: string; atText: string; undone: boolean })[] };
  GetApiAdminDispatchEntriesPositiveResponse: { items: ({ id: string; from: { id: string; name: string } | null; own: boolean; seen: string | null; categoryId: string; category: string; keywords: string[]; place: { id: string; name: string } | null; unit: { id: string; name: string; shortName: string }; basis: string; fault: string })[]; changes: ({ id: string; what: string; who: string; atText: string; undone: boolean })[] };
  PutApiAdminCategoriesItemIdRequestBody: { areaId: string; unitId?: string; seen: string | null; value: { name: string; active?: boolean; notice?: { kind: "info" | "stop"; text: string } | null; questions?: ({ id: string; label: string; kind: "text" | "choice" | "date"; choices?: string[]; required?: boolean })[] } };
  DeleteApiAdminCategoriesItemIdParameterUnitId: string;
  DeleteApiAdminCategoriesItemIdParameterSeen: string;
  PutApiAdminCategoryOrdersItemIdRequestBody: { areaId: string; unitId?: string; seen: string | null; value: { ids: string[] } };
  PutApiAdminReasonsItemIdRequestBody: { areaId: string; unitId?: string; seen: string | null; value: { reasons: string[] } };
  PutApiAdminPhrasesItemIdRequestBody: { areaId: string; unitId?: string; seen: string | null; value: { text: string } };
  PutApiAdminDispatchEntriesItemIdRequestBody: { areaId: string; unitId?: string; seen: string | null; value: { categoryId: string; keywords?: string[]; placeAreaId?: string | null; unitId: string; basis: string } };
  PutApiAdminTextsItemIdRequestBody: { areaId: string; unitId?: string; seen: string | null; value: { words: { [more: string]: string } } };
  StatisticsSettings: { areaId: string; own: { liveFrom: string | null; leastRanked: number | null; points: ({ validFrom: string | null; points: { [more: string]: number }; yearlyCap: number | null })[] | null; monthly: { on: boolean; day: number; roles: ("leader" | "inspector")[] } | null }; today: string | null; liveFrom: string | null; leastRanked: number; points: ({ validFrom: string | null; points: { [more: string]: number }; yearlyCap: number | null })[]; monthly: { on: boolean; day: number; roles: ("leader" | "inspector")[] } | null; monthlyNext: string; monthlyLast: string; acts: ({ act: "reported" | "accepted" | "solved" | "supported" | "commended" | "adopted:county" | "adopted:city" | "adopted:province" | "adopted:nation"; name: string })[]; counting: boolean; countingText: string; countedText: string; seen: string };
  GetApiAdminStatisticsPositiveResponse: Schemas["StatisticsSettings"];
  PutApiAdminStatisticsRequestBody: { liveFrom: string | null; leastRanked: number | null; points: ({ validFrom: string | null; points: { [more: string]: number }; yearlyCap: number | null })[] | null; monthly: { on: boolean; day: number; roles: ("leader" | "inspector")[] } | null; areaId: string; seen: string };
  PointsPreview: { committee: { id: string; name: string; shortName: string } | null; committees: ({ id: string; name: string; shortName: string } | null)[]; members: number; more: number; less: number; same: number; capped: number; middle: { before: number; after: number }; highest: { before: number; after: number }; sentence: string };
  PostApiAdminStatisticsPointsPreviewPositiveResponse: Schemas["PointsPreview"];
  PostApiAdminStatisticsPointsPreviewRequestBody: { areaId: string; committeeId?: string; rules: { points: { [more: string]: number }; yearlyCap: number | null } };
  PostApiAdminStatisticsRecountPositiveResponse: { counting: boolean };
  GetApiStatisticsRatingsParameterLimit: number;
  Ratings: { seq: number; counting: number; asOf: string; asOfText: string; items: ({ id: string | null; title: string; category: string; area: string; unit: string; stars: number; note: string })[] };
  GetApiStatisticsRatingsPositiveResponse: Schemas["Ratings"];
  MemberFigures: { seq: number; counting: number; asOf: string; asOfText: string; period: { name: "day" | "week" | "month" | "quarter" | "half" | "year" | "last12" | "custom"; from: string; to: string; text: string }; members: ({ id: string; name: string; sector: string; reported: number; accepted: number; adopted: number; rated: number; starsText: string })[]; silent: number };
  GetApiStatisticsMembersPositiveResponse: Schemas["MemberFigures"];
  UnitRank: { seq: number; counting: number; asOf: string; asOfText: string; period: { name: "day" | "week" | "month" | "quarter" | "half" | "year" | "last12" | "custom"; from: string; to: string; text: string }; rank: number | null; of: number; text: string };
  GetApiStatisticsRankPositiveResponse: Schemas["UnitRank"];
  Topics: { seq: number; counting: number; asOf: string; asOfText: string; period: { name: "day" | "week" | "month" | "quarter" | "half" | "year" | "last12" | "custom"; from: string; to: string; text: string }; words: ({ word: string; count: number; before: number; changeText: string; rising: boolean })[]; clusters: ({ category: { id: string; name: string }; place: { id: string; name: string }; words: string[]; count: number; before: number; changeText: string })[]; recurring: ({ word: string; months: number; count: number; text: string; from: string; to: string })[] };
  GetApiStatisticsTopicsPositiveResponse: Schemas["Topics"];
  GetApiStatisticsTopicsCasesParameterAfter: string;
  GetApiStatisticsTopicsCasesParameterLimit: number;
  StatisticsCasePage: { seq: number; counting: number; asOf: string; asOfText: string; title: string; items: ({ id: string | null; number: string; title: string; stateLabel: string; category: string; area: string; unit: string; atText: string; at: string; note: string })[]; after: string | null; total: number };
  GetApiStatisticsTopicsCasesPositiveResponse: Schemas["StatisticsCasePage"];
  GetApiStatisticsRecordParameterYear: number;
  MemberRecord: { seq: number; asOf: string; asOfText: string; year: number; years: number[]; name: string; sentence: string; detail: string; submitted: number; accepted: number; closed: number; solved: number; supported: number; adopted: number; months: ({ month: number; closed: number; open: number })[]; points: { total: number; cap: number | null; uncapped: number; comparison: string; items: ({ act: "reported" | "accepted" | "solved" | "supported" | "commended" | "adopted:county" | "adopted:city" | "adopted:province" | "adopted:nation"; name: string; count: number; points: number })[] }; stars: { mean: number | null; rated: number; five: number; text: string } };
  GetApiStatisticsRecordPositiveResponse: Schemas["MemberRecord"];
  GetApiStatisticsRecordCasesParameterOf: "submitted" | "accepted" | "closed" | "solved" | "rated" | "adopted" | "supported";
  GetApiStatisticsRecordCasesParameterAct: "reported" | "accepted" | "solved" | "supported" | "commended" | "adopted:county" | "adopted:city" | "adopted:province" | "adopted:nation";
  GetApiStatisticsRecordCasesParameterSeq: number;
  GetApiStatisticsRecordCasesParameterMonth: number;
  MemberRecordCases: { title: string; items: ({ id: string; number: string; title: string; stateLabel: string; submittedText: string })[] };
  GetApiStatisticsRecordCasesPositiveResponse: Schemas["MemberRecordCases"];
  StatisticsDesks: { desks: ({ id: string; kind: "area" | "unit"; title: string; roleLabel: string; areaId: string; unitId: string | null; members: boolean; areas: ({ id: string; name: string; parentId: string | null })[] })[]; member: boolean };
  GetApiStatisticsDesksPositiveResponse: Schemas["StatisticsDesks"];
  GetApiStatisticsFiguresParameterSplit: "none" | "area" | "unit" | "category" | "sector" | "place" | "day" | "week" | "month";
  GetApiStatisticsFiguresParameterFigures: string;
  GetApiStatisticsFiguresParameterRankBy: "reported" | "accepted" | "dispatched" | "replied" | "closed" | "handedOut" | "adopted" | "assigned" | "closeRate" | "onTimeRate" | "firstLimitRate" | "reworkOnTimeRate" | "signRate" | "solvedRate" | "satisfactionRate" | "firstSatisfactionRate" | "fiveStarRate" | "ratedRate" | "reworkRate" | "returnRate" | "stars" | "at:review" | "at:returned" | "at:declined" | "at:withdrawn" | "at:merged" | "at:dispatch" | "at:sign" | "at:handling" | "at:rework" | "at:rating" | "at:ruling" | "at:unrated" | "at:upheld" | "at:satisfied" | "stars:5" | "stars:4" | "stars:3" | "stars:2" | "stars:1";
  GetApiStatisticsFiguresParameterCompare: string;
  Figures: { seq: number; counting: number; asOf: string; asOfText: string; period: { name: "day" | "week" | "month" | "quarter" | "half" | "year" | "last12" | "custom"; from: string; to: string; text: string }; figures: ({ id: "reported" | "accepted" | "dispatched" | "replied" | "closed" | "handedOut" | "adopted" | "assigned" | "closeRate" | "onTimeRate" | "firstLimitRate" | "reworkOnTimeRate" | "signRate" | "solvedRate" | "satisfactionRate" | "firstSatisfactionRate" | "fiveStarRate" | "ratedRate" | "reworkRate" | "returnRate" | "stars" | "at:review" | "at:returned" | "at:declined" | "at:withdrawn" | "at:merged" | "at:dispatch" | "at:sign" | "at:handling" | "at:rework" | "at:rating" | "at:ruling" | "at:unrated" | "at:upheld" | "at:satisfied" | "stars:5" | "stars:4" | "stars:3" | "stars:2" | "stars:1"; name: string; form: "count" | "rate" | "mean"; part: number; whole: number; value: number | null; text: string; fraction: string; last: { part: number; whole: number; value: number | null; text: string; direction: "up" | "down" | "same"; better: boolean | null; phrase: string } | null; year: { part: number; whole: number; value: number | null; text: string; direction: "up" | "down" | "same"; better: boolean | null; phrase: string } | null })[]; groups: ({ key: string; name: string; from: string | null; to: string | null; figures: ({ id: "reported" | "accepted" | "dispatched" | "replied" | "closed" | "handedOut" | "adopted" | "assigned" | "closeRate" | "onTimeRate" | "firstLimitRate" | "reworkOnTimeRate" | "signRate" | "solvedRate" | "satisfactionRate" | "firstSatisfactionRate" | "fiveStarRate" | "ratedRate" | "reworkRate" | "returnRate" | "stars" | "at:review" | "at:returned" | "at:declined" | "at:withdrawn" | "at:merged" | "at:dispatch" | "at:sign" | "at:handling" | "at:rework" | "at:rating" | "at:ruling" | "at:unrated" | "at:upheld" | "at:satisfied" | "stars:5" | "stars:4" | "stars:3" | "stars:2" | "stars:1"; name: string; form: "count" | "rate" | "mean"; part: number; whole: number; value: number | null; text: string; fraction: string; last: { part: number; whole: number; value: number | null; text: string; direction: "up" | "down" | "same"; better: boolean | null; phrase: string } | null; year: { part: number; whole: number; value: number | null; text: string; direction: "up" | "down" | "same"; better: boolean | null; phrase: string } | null })[]; rank: number | null })[]; participation: { part: number; whole: number; value: number | null; text: string; fraction: string } | null; leastRanked: number; unrankedText: string };
  GetApiStatisticsFiguresPositiveResponse: Schemas["Figures"];
  GetApiStatisticsStagesParameterSplit: "none" | "unit" | "category" | "day" | "week" | "month";
  GetApiStatisticsStagesParameterStage: "review" | "dispatch" | "sign" | "handle" | "check" | "rework" | "ruling" | "whole";
  Stages: { seq: number; counting: number; asOf: string; asOfText: string; period: { name: "day" | "week" | "month" | "quarter" | "half" | "year" | "last12" | "custom"; from: string; to: string; text: string }; stages: ({ stage: "review" | "dispatch" | "sign" | "handle" | "check" | "rework" | "ruling" | "whole"; name: string; formula: string; count: number; meanMinutes: number | null; p90Minutes: number | null; meanText: string; p90Text: string; last: { minutes: number; faster: boolean | null; phrase: string } | null; year: { minutes: number; faster: boolean | null; phrase: string } | null })[]; groups: ({ key: string; name: string; from: string | null; to: string | null; figure: { stage: "review" | "dispatch" | "sign" | "handle" | "check" | "rework" | "ruling" | "whole"; name: string; formula: string; count: number; meanMinutes: number | null; p90Minutes: number | null; meanText: string; p90Text: string; last: { minutes: number; faster: boolean | null; phrase: string } | null; year: { minutes: number; faster: boolean | null; phrase: string } | null }; rank: number | null })[]; leastRanked: number; unrankedText: string };
  GetApiStatisticsStagesPositiveResponse: Schemas["Stages"];
  Flow: { seq: number; counting: number; asOf: string; asOfText: string; period: { name: "day" | "week" | "month" | "quarter" | "half" | "year" | "last12" | "custom"; from: string; to: string; text: string }; steps: ({ id: "reported" | "accepted" | "dispatched" | "replied" | "closed" | "rated" | "satisfied"; name: string; count: number; ends: ({ id: "review" | "returned" | "declined" | "withdrawn" | "merged" | "dispatch" | "sign" | "handling" | "rework" | "rating" | "ruling" | "unrated" | "upheld" | "satisfied"; name: string; count: number })[] })[] };
  GetApiStatisticsFlowPositiveResponse: Schemas["Flow"];
  Backlog: { seq: number; counting: number; asOf: string; asOfText: string; total: number; late: number; sentence: string; ages: ({ id: string; label: string; count: number; late: number; unit: number })[]; movers: ({ id: string; label: string; unit: boolean; count: number; late: number })[]; reasons: ({ id: string; label: string; unit: boolean; count: number })[]; areas: ({ key: string; name: string; count: number; late: number })[] };
  GetApiStatisticsBacklogPositiveResponse: Schemas["Backlog"];
  ExchangeOverview: { partners: ({ id: string; name: string; baseUrl: string; suite: "hmac-sha256" | "sm2-sm3"; allow: string[]; sharePhone: boolean; sealHistory: boolean; active: boolean; keys: ({ keyId: string; suite: "hmac-sha256" | "sm2-sm3"; sentence: string; valid: boolean; sends: boolean; publicKey: string })[]; sentence: string; checked: string; waiting: number; dead: number; held: number; unmatched: number; seen: string })[]; areas: ({ areaId: string; name: string; partnerId: string | null; since: string })[] };
  GetApiAdminExchangePositiveResponse: Schemas["ExchangeOverview"];
  PostApiAdminExchangePartnersRequestBody: { name: string; baseUrl: string; suite: "hmac-sha256" | "sm2-sm3"; allow?: string[]; sharePhone?: boolean; sealHistory?: boolean; active?: boolean };
  PutApiAdminExchangePartnersPartnerIdRequestBody: { name: string; baseUrl: string; suite: "hmac-sha256" | "sm2-sm3"; allow?: string[]; sharePhone?: boolean; sealHistory?: boolean; active?: boolean; seen: string };
  NewExchangeKey: { keyId: string; secret: string; publicKey: string };
  PostApiAdminExchangePartnersPartnerIdKeysPositiveResponse: Schemas["NewExchangeKey"];
  PostApiAdminExchangePartnersPartnerIdKeysRequestBody: { overlapHours?: number; theirPublic?: string };
  PostApiAdminExchangePartnersPartnerIdKeysRevokeRequestBody: { keyId: string };
  PartnerOffPreview: { running: number; sentence: string };
  GetApiAdminExchangePartnersPartnerIdOffPositiveResponse: Schemas["PartnerOffPreview"];
  AreaSwitchPreview: { here: number; there: number; sentence: string };
  PostApiAdminExchangeAreasPreviewPositiveResponse: Schemas["AreaSwitchPreview"];
  PostApiAdminExchangeAreasPreviewRequestBody: { areaId: string; partnerId: string | null };
  ExchangeCodes: { items: ({ code: string; name: string; ours: string; oursName: string; waiting: number })[]; candidates: ({ id: string; name: string })[]; unnamed: string[] };
  GetApiAdminExchangeCodesPositiveResponse: Schemas["ExchangeCodes"];
  PutApiAdminExchangeCodesPositiveResponse: { items: ({ code: string; name: string; ours: string; oursName: string; waiting: number })[]; candidates: ({ id: string; name: string })[]; unnamed: string[] };
  PutApiAdminExchangeCodesRequestBody: { kind: "category" | "unit" | "state"; code: string; name?: string; ours: string; partnerId: string };
  CodeReplayed: { done: number; left: number; sentence: string };
  PostApiAdminExchangeCodesReplayPositiveResponse: Schemas["CodeReplayed"];
  PostApiAdminExchangeCodesReplayRequestBody: { partnerId: string; kind: "category" | "unit" | "state"; code: string };
  ExchangeLetters: { items: ({ id: string; way: "out" | "in"; caseId: string; number: string; title: string; what: string; why: string; missing: { kind: "category" | "unit" | "state"; code: string } | null; atText: string; behind: number })[] };
  GetApiAdminExchangeLettersPositiveResponse: Schemas["ExchangeLetters"];
  PostApiAdminExchangeLettersRetryRequestBody: { way: "out" | "in"; partnerId: string; id: string };
  PostApiAdminExchangeLettersDismissRequestBody: { way: "out" | "in"; partnerId: string; id: string; reason: string };
  ExchangeChecks: { items: ({ atText: string; sentence: string; findings: ({ number: string; text: string; repaired: boolean })[] })[] };
  GetApiAdminExchangeChecksPositiveResponse: Schemas["ExchangeChecks"];
  PostApiAdminExchangeChecksPositiveResponse: { items: ({ atText: string; sentence: string; findings: ({ number: string; text: string; repaired: boolean })[] })[] };
  PostApiAdminExchangeChecksRequestBody: { partnerId: string };
  MyTokens: { items: ({ id: string; name: string; hint: string; scopes: ({ scope: "cases:read" | "cases:file" | "cases:write" | "statistics:read" | "admin:read" | "open311:file"; label: string })[]; state: "live" | "expired" | "revoked"; stateText: string; createdText: string; expiresAt: string | null; lastUsedAt: string | null; lastUsedText: string })[]; offers: ({ scope: "cases:read" | "cases:file" | "cases:write" | "statistics:read" | "admin:read" | "open311:file"; label: string; detail: string })[] };
  GetApiTokensPositiveResponse: Schemas["MyTokens"];
  TokenMade: { token: { id: string; name: string; hint: string; scopes: ({ scope: "cases:read" | "cases:file" | "cases:write" | "statistics:read" | "admin:read" | "open311:file"; label: string })[]; state: "live" | "expired" | "revoked"; stateText: string; createdText: string; expiresAt: string | null; lastUsedAt: string | null; lastUsedText: string }; secret: string | null };
  PostApiTokensPositiveResponse: Schemas["TokenMade"];
  PostApiTokensRequestBody: { name: string; scopes: ("cases:read" | "cases:file" | "cases:write" | "statistics:read" | "admin:read" | "open311:file")[]; days: 7 | 30 | 90 | 180 | 365 };
  DeleteApiTokensTokenIdPositiveResponse: Record<string, never>;
  AdminTokenPage: { items: ({ id: string; name: string; hint: string; scopes: ({ scope: "cases:read" | "cases:file" | "cases:write" | "statistics:read" | "admin:read" | "open311:file"; label: string })[]; state: "live" | "expired" | "revoked"; stateText: string; createdText: string; expiresAt: string | null; lastUsedAt: string | null; lastUsedText: string; person: { id: string; name: string; title: string } })[]; after: string | null; sentence: string };
  GetApiAdminTokensPositiveResponse: Schemas["AdminTokenPage"];
  PostApiAdminTokensTokenIdRevokePositiveResponse: Record<string, never>;
  PostApiAdminTokensTokenIdRevokeRequestBody: { reason: string };
  WebhookList: { items: ({ name: string; url: string; events: ("submit" | "withdraw" | "accept" | "return" | "decline" | "reconsider" | "merge" | "separate" | "escalate" | "delegate" | "sendBack" | "dispatch" | "redispatch" | "changeCoHandlers" | "recall" | "transferBack" | "sign" | "ask" | "answer" | "requestExtension" | "grant" | "deny" | "opinion" | "overdue" | "reply" | "approve" | "rejectReply" | "rate" | "settle" | "conclude" | "appeal" | "reviewAppeal" | "reopen" | "followUp" | "fulfil" | "publish" | "adopt" | "commend" | "supervise")[]; level: "outline" | "content"; basis: string; id: string; area: { id: string; name: string }; state: "on" | "failing" | "off" | "stopped"; stateText: string; version: number; waiting: number; failed: number; lastText: string; createdText: string; oldSecretText: string })[] };
  GetApiAdminWebhooksPositiveResponse: Schemas["WebhookList"];
  WebhookMade: { webhook: { name: string; url: string; events: ("submit" | "withdraw" | "accept" | "return" | "decline" | "reconsider" | "merge" | "separate" | "escalate" | "delegate" | "sendBack" | "dispatch" | "redispatch" | "changeCoHandlers" | "recall" | "transferBack" | "sign" | "ask" | "answer" | "requestExtension" | "grant" | "deny" | "opinion" | "overdue" | "reply" | "approve" | "rejectReply" | "rate" | "settle" | "conclude" | "appeal" | "reviewAppeal" | "reopen" | "followUp" | "fulfil" | "publish" | "adopt" | "commend" | "supervise")[]; level: "outline" | "content"; basis: string; id: string; area: { id: string; name: string }; state: "on" | "failing" | "off" | "stopped"; stateText: string; version: number; waiting: number; failed: number; lastText: string; createdText: string; oldSecretText: string }; secret: string };
  PostApiAdminWebhooksPositiveResponse: Schemas["WebhookMade"];
  PostApiAdminWebhooksRequestBody: { name: string; url: string; events: ("submit" | "withdraw" | "accept" | "return" | "decline" | "reconsider" | "merge" | "separate" | "escalate" | "delegate" | "sendBack" | "dispatch" | "redispatch" | "changeCoHandlers" | "recall" | "transferBack" | "sign" | "ask" | "answer" | "requestExtension" | "grant" | "deny" | "opinion" | "overdue" | "reply" | "approve" | "rejectReply" | "rate" | "settle" | "conclude" | "appeal" | "reviewAppeal" | "reopen" | "followUp" | "fulfil" | "publish" | "adopt" | "commend" | "supervise")[]; level: "outline" | "content"; basis?: string; areaId: string };
  Webhook: { name: string; url: string; events: ("submit" | "withdraw" | "accept" | "return" | "decline" | "reconsider" | "merge" | "separate" | "escalate" | "delegate" | "sendBack" | "dispatch" | "redispatch" | "changeCoHandlers" | "recall" | "transferBack" | "sign" | "ask" | "answer" | "requestExtension" | "grant" | "deny" | "opinion" | "overdue" | "reply" | "approve" | "rejectReply" | "rate" | "settle" | "conclude" | "appeal" | "reviewAppeal" | "reopen" | "followUp" | "fulfil" | "publish" | "adopt" | "commend" | "supervise")[]; level: "outline" | "content"; basis: string; id: string; area: { id: string; name: string }; state: "on" | "failing" | "off" | "stopped"; stateText: string; version: number; waiting: number; failed: number; lastText: string; createdText: string; oldSecretText: string };
  PutApiAdminWebhooksWebhookIdPositiveResponse: Schemas["Webhook"];
  PutApiAdminWebhooksWebhookIdRequestBody: { name: string; url: string; events: ("submit" | "withdraw" | "accept" | "return" | "decline" | "reconsider" | "merge" | "separate" | "escalate" | "delegate" | "sendBack" | "dispatch" | "redispatch" | "changeCoHandlers" | "recall" | "transferBack" | "sign" | "ask" | "answer" | "requestExtension" | "grant" | "deny" | "opinion" | "overdue" | "reply" | "approve" | "rejectReply" | "rate" | "settle" | "conclude" | "appeal" | "reviewAppeal" | "reopen" | "followUp" | "fulfil" | "publish" | "adopt" | "commend" | "supervise")[]; level: "outline" | "content"; basis?: string; seen: number };
  DeleteApiAdminWebhooksWebhookIdPositiveResponse: Record<string, never>;
  PostApiAdminWebhooksWebhookIdSwitchRequestBody: { active: boolean };
  WebhookReplayed: { count: number };
  PostApiAdminWebhooksWebhookIdReplayPositiveResponse: Schemas["WebhookReplayed"];
  PostApiAdminWebhooksWebhookIdReplayRequestBody: { fromSeq: number; toSeq: number };
  WebhookDeliveryPage: { items: ({ id: string; seq: number; type: string; label: string; number: string; state: "waiting" | "sent" | "failed"; stateText: string; attempts: number; createdText: string })[]; after: string | null; lastSeq: number };
  GetApiAdminWebhooksWebhookIdDeliveriesPositiveResponse: Schemas["WebhookDeliveryPage"];
  WebhookDeliveryDetail: { id: string; seq: number; type: string; label: string; number: string; state: "waiting" | "sent" | "failed"; stateText: string; attempts: number; createdText: string; payload: string; tries: ({ at: string; atText: string; ms: number; status: number | null; problem: string; answer: string })[] };
  GetApiAdminWebhooksWebhookIdDeliveriesDeliveryIdPositiveResponse: Schemas["WebhookDeliveryDetail"];
  PostApiAdminWebhooksWebhookIdDeliveriesDeliveryIdResendPositiveResponse: Record<string, never>;
  GetApiDeliveriesParameterState: "dead" | "retrying" | "queued" | "sent" | "read" | "closed";
  GetApiDeliveriesParameterChannel: "card" | "actionCard" | "notice" | "todo";
  GetApiDeliveriesParameterNotice: string;
  GetApiDeliveriesParameterPeriod: "day" | "week" | "month" | "all";
  GetApiDeliveriesParameterFrom: string;
  GetApiDeliveriesParameterTo: string;
  GetApiDeliveriesParameterQ: string;
  DeliveryPage: { pinned: ({ id: string; createdAt: string; timeText: string; notice: string; noticeLabel: string; about: string; recipient: { name: string; unit: string }; channel: "card" | "actionCard" | "notice" | "todo"; channelLabel: string; attempts: number; state: "dead" | "retrying" | "queued" | "sent" | "read" | "closed"; stateLabel: string; result: string })[]; items: ({ id: string; createdAt: string; timeText: string; notice: string; noticeLabel: string; about: string; recipient: { name: string; unit: string }; channel: "card" | "actionCard" | "notice" | "todo"; channelLabel: string; attempts: number; state: "dead" | "retrying" | "queued" | "sent" | "read" | "closed"; stateLabel: string; result: string })[]; after: string | null };
  GetApiDeliveriesPositiveResponse: Schemas["DeliveryPage"];
  StuckPage: { items: ({ subject: string; caseId: string | null; number: string; title: string; area: string; kind: "history" | "body" | "row" | "timers" | "nobody" | "cards" | "lease"; kindLabel: string; what: string; repair: string; fixable: boolean; since: string; sinceText: string })[]; after: string | null; total: number; running: boolean; sentence: string };
  GetApiAdminStuckPositiveResponse: Schemas["StuckPage"];
  AdminAttention: { deadLetters: number; stuck: number };
  GetApiAdminAttentionPositiveResponse: Schemas["AdminAttention"];
  StuckRepaired: { repaired: number; left: number; lines: ({ subject: string; done: string[]; left: string[] })[]; more: boolean };
  PostApiAdminStuckRepairPositiveResponse: Schemas["StuckRepaired"];
  PostApiAdminStuckRepairRequestBody: { subjects?: string[] };
  GetApiAuditParameterGroup: "signOn" | "reading" | "roles" | "admin" | "delivery" | "repair";
  GetApiAuditParameterPerson: string;
  GetApiAuditParameterSubject: string;
  AuditPage: { items: ({ id: string; seq: number | null; at: string; atText: string; group: "signOn" | "reading" | "roles" | "admin" | "delivery" | "repair"; kind: string; label: string; who: string; subject: string; details: ({ label: string; value: string })[] })[]; after: string | null };
  GetApiAuditPositiveResponse: Schemas["AuditPage"];
  LedgerCheck: { state: "none" | "running" | "whole" | "broken" | "failed"; headline: string; sentence: string; share: number; lastSeq: number | null; chainHash: string; findings: ({ title: string; text: string })[]; more: number };
  GetApiAuditVerificationPositiveResponse: Schemas["LedgerCheck"];
  DeliverySummary: { headline: string; sentence: string; counts: { dead: number | null; retrying: number | null; queued: number | null }; channels: ({ channel: "card" | "actionCard" | "notice" | "todo"; label: string; light: "green" | "amber" | "red" | "paused"; word: string; share: string; fraction: string; average: string })[]; notices: ({ id: string; label: string })[]; asOf: string };
  GetApiDeliveriesSummaryPositiveResponse: Schemas["DeliverySummary"];
  DeliveriesResent: { resent: number; more: boolean };
  PostApiDeliveriesResendPositiveResponse: Schemas["DeliveriesResent"];
  PostApiDeliveriesResendRequestBody: { ids?: string[]; filter?: { channel?: "card" | "actionCard" | "notice" | "todo"; notice?: string; period?: "day" | "week" | "month" | "all"; from?: string; to?: string; unit?: string; person?: string; case?: string; q?: string } };
  Delivery: { id: string; createdAt: string; timeText: string; notice: string; noticeLabel: string; about: string; recipient: { name: string; unit: string }; channel: "card" | "actionCard" | "notice" | "todo"; channelLabel: string; attempts: number; state: "dead" | "retrying" | "queued" | "sent" | "read" | "closed"; stateLabel: string; result: string; headline: string; since: string; reason: string; caseId: string | null; caseOpens: boolean; canResend: boolean; canRecordCall: boolean; choices: ({ to: "handler" | "head"; title: string; text: string })[]; attemptList: ({ at: string; timeText: string; channelLabel: string; text: string; good: boolean })[]; answer: ({ label: string; value: string })[]; deadlines: ({ label: string; left: { clockId: string; light: "green" | "amber" | "red" | "paused"; text: string; dueText: string; dueAt: string; leftMinutes: number; wholeMinutes: number } })[]; asOf: string; closing: string };
  GetApiDeliveriesDeliveryIdPositiveResponse: Schemas["Delivery"];
  PostApiDeliveriesDeliveryIdRedirectRequestBody: { to: "handler" | "head" };
  PostApiDeliveriesDeliveryIdCallRequestBody: { spokeTo: string; at: string; note?: string };
  Draft: { caseId: string; counter: number; content: { [more: string]: unknown }; title: string; savedAt: string; savedText: string };
  GetApiDraftsPositiveResponse: { items: Schemas["Draft"][] };
  GetApiDraftsCaseIdParameterCaseId: string;
  GetApiDraftsCaseIdPositiveResponse: Schemas["Draft"];
  PutApiDraftsCaseIdRequestBody: { counter: number; content: { [more: string]: unknown } };
  DeleteApiDraftsCaseIdPositiveResponse: Record<string, never>;
}

/** By method and path: what a call takes and what it answers. */
export interface Operations {
  /** The list of adminAreas as an Excel workbook · admin:read */
  "GET /admin/areas/table": { input: {}; answer: Uint8Array };
  /** The list of adminUnits as an Excel workbook · admin:read */
  "GET /admin/units/table": { input: { query?: { areaId?: Schemas["GetApiAdminUnitsTableParameterAreaId"]; q?: Schemas["GetApiAdminUnitsTableParameterQ"]; type?: Schemas["GetApiAdminUnitsTableParameterType"]; state?: Schemas["GetApiAdminUnitsTableParameterState"] } }; answer: Uint8Array };
  /** The list of adminPeople as an Excel workbook · admin:read */
  "GET /admin/people/table": { input: { query?: { q?: Schemas["GetApiAdminPeopleTableParameterQ"]; unitId?: Schemas["GetApiAdminPeopleTableParameterUnitId"]; role?: Schemas["GetApiAdminPeopleTableParameterRole"]; state?: Schemas["GetApiAdminPeopleTableParameterState"] } }; answer: Uint8Array };
  /** The list of adminSubstitutions as an Excel workbook · admin:read */
  "GET /admin/substitutions/table": { input: { query?: { state?: Schemas["GetApiAdminSubstitutionsTableParameterState"] } }; answer: Uint8Array };
  /** The list of links as an Excel workbook · admin:read */
  "GET /admin/links/table": { input: { query?: { state?: Schemas["GetApiAdminLinksTableParameterState"] } }; answer: Uint8Array };
  /** The list of contactRuns as an Excel workbook · admin:read */
  "GET /admin/contacts/table": { input: {}; answer: Uint8Array };
  /** The list of contactRun as an Excel workbook · admin:read */
  "GET /admin/contacts/runs/{runId}/table": { input: { path: { runId: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"] } }; answer: Uint8Array };
  /** The list of adminCalendar as an Excel workbook · admin:read */
  "GET /admin/calendar/table": { input: { query: { areaId: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; year?: Schemas["GetApiAdminCalendarTableParameterYear"] } }; answer: Uint8Array };
  /** The list of adminPolicies as an Excel workbook · admin:read */
  "GET /admin/policies/table": { input: { query: { areaId: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"] } }; answer: Uint8Array };
  /** The list of adminCategories as an Excel workbook · admin:read */
  "GET /admin/categories/table": { input: { query: { areaId: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"] } }; answer: Uint8Array };
  /** The list of adminReasons as an Excel workbook · admin:read */
  "GET /admin/reasons/table": { input: { query: { areaId: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"] } }; answer: Uint8Array };
  /** The list of adminPhrases as an Excel workbook · admin:read */
  "GET /admin/phrases/table": { input: { query: { areaId: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"] } }; answer: Uint8Array };
  /** The list of adminDispatchEntries as an Excel workbook · admin:read */
  "GET /admin/dispatch-entries/table": { input: { query: { areaId: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"] } }; answer: Uint8Array };
  /** The list of adminTexts as an Excel workbook · admin:read */
  "GET /admin/texts/table": { input: { query: { areaId: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"] } }; answer: Uint8Array };
  /** The list of statisticsSettings as an Excel workbook · admin:read */
  "GET /admin/statistics/table": { input: { query: { areaId: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"] } }; answer: Uint8Array };
  /** The list of statisticsCases as an Excel workbook · statistics:read */
  "GET /statistics/cases/table": { input: { query: { desk: Schemas["GetApiStatisticsCasesTableParameterDesk"]; period?: Schemas["GetApiStatisticsCasesTableParameterPeriod"]; within?: Schemas["GetApiStatisticsCasesTableParameterWithin"]; from?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; to?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; area?: Schemas["GetApiStatisticsCasesTableParameterArea"]; unit?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; category?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; sector?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; place?: Schemas["GetApiStatisticsCasesTableParameterPlace"]; seq?: Schemas["GetApiStatisticsCasesTableParameterSeq"]; counting?: Schemas["GetApiStatisticsCasesTableParameterCounting"]; asOf?: Schemas["GetApiStatisticsCasesTableParameterAsOf"]; figure?: Schemas["GetApiStatisticsCasesTableParameterFigure"]; stage?: Schemas["GetApiStatisticsCasesTableParameterStage"]; step?: Schemas["GetApiStatisticsCasesTableParameterStep"]; age?: Schemas["GetApiStatisticsCasesTableParameterAge"]; mover?: Schemas["GetApiStatisticsCasesTableParameterMover"]; member?: Schemas["GetApiStatisticsCasesTableParameterMember"]; late?: Schemas["GetApiStatisticsCasesTableParameterLate"]; reason?: Schemas["GetApiStatisticsCasesTableParameterReason"]; part?: Schemas["GetApiStatisticsCasesTableParameterPart"] } }; answer: Uint8Array };
  /** The list of topicCases as an Excel workbook · statistics:read */
  "GET /statistics/topics/cases/table": { input: { query: { desk: Schemas["GetApiStatisticsCasesTableParameterDesk"]; period?: Schemas["GetApiStatisticsCasesTableParameterPeriod"]; within?: Schemas["GetApiStatisticsCasesTableParameterWithin"]; from?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; to?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; area?: Schemas["GetApiStatisticsCasesTableParameterArea"]; unit?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; category?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; sector?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; place?: Schemas["GetApiStatisticsCasesTableParameterPlace"]; seq?: Schemas["GetApiStatisticsCasesTableParameterSeq"]; counting?: Schemas["GetApiStatisticsCasesTableParameterCounting"]; asOf?: Schemas["GetApiStatisticsCasesTableParameterAsOf"]; word?: Schemas["GetApiStatisticsTopicsCasesTableParameterWord"] } }; answer: Uint8Array };
  /** The list of memberFigures as an Excel workbook · statistics:read */
  "GET /statistics/members/table": { input: { query: { desk: Schemas["GetApiStatisticsCasesTableParameterDesk"]; period?: Schemas["GetApiStatisticsCasesTableParameterPeriod"]; within?: Schemas["GetApiStatisticsCasesTableParameterWithin"]; from?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; to?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; area?: Schemas["GetApiStatisticsCasesTableParameterArea"]; unit?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; category?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; sector?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; place?: Schemas["GetApiStatisticsCasesTableParameterPlace"] } }; answer: Uint8Array };
  /** The list of exchangeOverview as an Excel workbook · admin:read */
  "GET /admin/exchange/table": { input: {}; answer: Uint8Array };
  /** The list of exchangeLetters as an Excel workbook · admin:read */
  "GET /admin/exchange/letters/table": { input: { query: { partnerId: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"] } }; answer: Uint8Array };
  /** The list of exchangeCodes as an Excel workbook · admin:read */
  "GET /admin/exchange/codes/table": { input: { query: { partnerId: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; kind: Schemas["GetApiAdminExchangeCodesTableParameterKind"] } }; answer: Uint8Array };
  /** The list of exchangeChecks as an Excel workbook · admin:read */
  "GET /admin/exchange/checks/table": { input: { query: { partnerId: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"] } }; answer: Uint8Array };
  /** The list of hostOrigins as an Excel workbook · admin:read */
  "GET /admin/origins/table": { input: {}; answer: Uint8Array };
  /** The list of listStuck as an Excel workbook · admin:read */
  "GET /admin/stuck/table": { input: {}; answer: Uint8Array };
  /** The list of adminTokens as an Excel workbook · admin:read */
  "GET /admin/tokens/table": { input: { query?: { state?: Schemas["GetApiAdminTokensTableParameterState"] } }; answer: Uint8Array };
  /** The list of listWebhooks as an Excel workbook · admin:read */
  "GET /admin/webhooks/table": { input: {}; answer: Uint8Array };
  /** The list of listWebhookDeliveries as an Excel workbook · admin:read */
  "GET /admin/webhooks/{webhookId}/deliveries/table": { input: { path: { webhookId: Schemas["GetApiAdminWebhooksWebhookIdDeliveriesTableParameterWebhookId"] }; query?: { state?: Schemas["GetApiAdminWebhooksWebhookIdDeliveriesTableParameterState"] } }; answer: Uint8Array };
  /** Sign on */
  "POST /session": { input: { body: Schemas["PostApiSessionRequestBody"] }; answer: Schemas["PostApiSessionPositiveResponse"] };
  /** Sign off */
  "DELETE /session": { input: {}; answer: Schemas["DeleteApiSessionPositiveResponse"] };
  /** Who am I · any token */
  "GET /me": { input: {}; answer: Schemas["GetApiMePositiveResponse"] };
  /** Change my settings */
  "PATCH /me/settings": { input: { body?: Schemas["PatchApiMeSettingsRequestBody"] }; answer: Schemas["PatchApiMeSettingsPositiveResponse"] };
  /** Signed JSAPI configuration of a page */
  "GET /jsapi": { input: { query: { url: Schemas["GetApiJsapiParameterUrl"] } }; answer: Schemas["GetApiJsapiPositiveResponse"] };
  /** My accounts in the messengers */
  "GET /me/accounts": { input: {}; answer: Schemas["GetApiMeAccountsPositiveResponse"] };
  /** Show a code to type in another messenger */
  "POST /me/accounts/code": { input: { body?: Schemas["PostApiMeAccountsCodeRequestBody"] }; answer: Schemas["PostApiMeAccountsCodePositiveResponse"] };
  /** Type a code that was shown in another messenger */
  "POST /me/accounts/link": { input: { body: Schemas["PostApiMeAccountsLinkRequestBody"] }; answer: Schemas["PostApiMeAccountsLinkPositiveResponse"] };
  /** Take an account away again that came by a code */
  "POST /me/accounts/{accountId}/leave": { input: { path: { accountId: Schemas["PostApiMeAccountsAccountIdLeaveParameterAccountId"] }; body?: Schemas["PostApiMeAccountsAccountIdLeaveRequestBody"] }; answer: Schemas["PostApiMeAccountsAccountIdLeavePositiveResponse"] };
  /** People who may be one, in two messengers · admin:read */
  "GET /admin/links": { input: { query?: { state?: Schemas["GetApiAdminLinksTableParameterState"]; after?: Schemas["GetApiAdminLinksParameterAfter"] } }; answer: Schemas["GetApiAdminLinksPositiveResponse"] };
  /** They are one person */
  "POST /admin/links/{linkId}/confirm": { input: { path: { linkId: Schemas["PostApiAdminLinksLinkIdConfirmParameterLinkId"] }; body?: Schemas["PostApiMeAccountsAccountIdLeaveRequestBody"] }; answer: Schemas["PostApiAdminLinksLinkIdConfirmPositiveResponse"] };
  /** They are two people */
  "POST /admin/links/{linkId}/refuse": { input: { path: { linkId: Schemas["PostApiAdminLinksLinkIdConfirmParameterLinkId"] }; body?: Schemas["PostApiMeAccountsAccountIdLeaveRequestBody"] }; answer: Schemas["PostApiAdminLinksLinkIdRefusePositiveResponse"] };
  /** They are two again */
  "POST /admin/links/{linkId}/undo": { input: { path: { linkId: Schemas["PostApiAdminLinksLinkIdConfirmParameterLinkId"] }; body?: Schemas["PostApiMeAccountsAccountIdLeaveRequestBody"] }; answer: Schemas["PostApiAdminLinksLinkIdUndoPositiveResponse"] };
  /** Categories, areas and committees · cases:read | cases:file */
  "GET /reference": { input: {}; answer: Schemas["GetApiReferencePositiveResponse"] };
  /** Units a case may be dispatched to · cases:read | cases:file */
  "GET /units": { input: { query?: { q?: Schemas["GetApiAdminUnitsTableParameterQ"]; caseId?: Schemas["GetApiUnitsParameterCaseId"] } }; answer: Schemas["GetApiUnitsPositiveResponse"] };
  /** Members by name · cases:read | cases:file */
  "GET /members": { input: { query?: { q?: Schemas["GetApiMembersParameterQ"] } }; answer: Schemas["GetApiMembersPositiveResponse"] };
  /** What needs me · cases:read | cases:file */
  "GET /queues": { input: {}; answer: Schemas["GetApiQueuesPositiveResponse"] };
  /** How a deadline came to be · cases:read */
  "GET /cases/{caseId}/clocks/{clockId}": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"]; clockId: Schemas["GetApiCasesCaseIdClocksClockIdParameterClockId"] } }; answer: Schemas["GetApiCasesCaseIdClocksClockIdPositiveResponse"] };
  /** A year of an area’s working calendar · admin:read */
  "GET /admin/calendar": { input: { query: { areaId: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; year?: Schemas["GetApiAdminCalendarTableParameterYear"] } }; answer: Schemas["GetApiAdminCalendarPositiveResponse"] };
  /** What a change of the calendar would move */
  "POST /admin/calendar/preview": { input: { body: Schemas["PostApiAdminCalendarPreviewRequestBody"] }; answer: Schemas["PostApiAdminCalendarPreviewPositiveResponse"] };
  /** Change the calendar */
  "POST /admin/calendar/changes": { input: { body: Schemas["PostApiAdminCalendarPreviewRequestBody"] }; answer: Schemas["PostApiAdminCalendarChangesPositiveResponse"] };
  /** Limits and rules of an area · admin:read */
  "GET /admin/policies": { input: { query: { areaId: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"] } }; answer: Schemas["GetApiAdminPoliciesPositiveResponse"] };
  /** Keep the draft of limits and rules */
  "PUT /admin/policies/draft": { input: { body: Schemas["PutApiAdminPoliciesDraftRequestBody"] }; answer: Schemas["GetApiAdminPoliciesPositiveResponse"] };
  /** Throw the draft of limits and rules away */
  "DELETE /admin/policies/draft": { input: { query: { areaId: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"] } }; answer: Schemas["GetApiAdminPoliciesPositiveResponse"] };
  /** Publish the draft of limits and rules */
  "POST /admin/policies/publish": { input: { body: Schemas["PostApiAdminPoliciesPublishRequestBody"] }; answer: Schemas["GetApiAdminPoliciesPositiveResponse"] };
  /** A page of cases I may see · cases:read */
  "GET /cases": { input: { query: { desk: Schemas["GetApiCasesParameterDesk"]; queue?: Schemas["GetApiCasesParameterQueue"]; q?: Schemas["GetApiCasesParameterQ"]; category?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; area?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; unit?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; sort?: Schemas["GetApiCasesParameterSort"]; after?: Schemas["GetApiCasesParameterAfter"]; limit?: Schemas["GetApiCasesParameterLimit"] } }; answer: Schemas["GetApiCasesPositiveResponse"] };
  /** One case · cases:read */
  "GET /cases/{caseId}": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] } }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] };
  /** Open cases like this one · cases:read */
  "GET /cases/{caseId}/similar": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] } }; answer: Schemas["GetApiCasesCaseIdSimilarPositiveResponse"] };
  /** Who might lead this case, what it is about · cases:read */
  "GET /cases/{caseId}/suggestions": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] } }; answer: Schemas["GetApiCasesCaseIdSuggestionsPositiveResponse"] };
  /** Open cases like what I am writing · cases:read | cases:file */
  "GET /similar": { input: { query: { title: Schemas["GetApiSimilarParameterTitle"]; situation?: Schemas["GetApiSimilarParameterSituation"]; place?: Schemas["GetApiAdminUnitsTableParameterQ"]; categoryId?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; areaId?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; latitude?: Schemas["GetApiSimilarParameterLatitude"]; longitude?: Schemas["GetApiSimilarParameterLongitude"]; exclude?: Schemas["GetApiSimilarParameterExclude"] } }; answer: Schemas["GetApiCasesCaseIdSimilarPositiveResponse"] };
  /** The due time before dispatching · cases:read */
  "GET /cases/{caseId}/previews/dispatch": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; query?: { unit?: Schemas["GetApiCasesCaseIdPreviewsDispatchParameterUnit"]; amount?: Schemas["GetApiCasesCaseIdPreviewsDispatchParameterAmount"] } }; answer: Schemas["GetApiCasesCaseIdPreviewsDispatchPositiveResponse"] };
  /** 提交民情 · cases:file */
  "POST /cases/{caseId}/actions/submit": { input: { path: { caseId: Schemas["PostApiCasesCaseIdActionsSubmitParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsSubmitRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 撤回 · cases:write */
  "POST /cases/{caseId}/actions/withdraw": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body?: Schemas["PostApiCasesCaseIdActionsWithdrawRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 由我接手 · cases:write */
  "POST /cases/{caseId}/actions/takeOver": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body?: Schemas["PostApiCasesCaseIdActionsTakeOverRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 受理 · cases:write */
  "POST /cases/{caseId}/actions/accept": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body?: Schemas["PostApiCasesCaseIdActionsAcceptRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 退回补充 · cases:write */
  "POST /cases/{caseId}/actions/return": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsReturnRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 不予受理 · cases:write */
  "POST /cases/{caseId}/actions/decline": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsReturnRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 修改文字 · cases:write */
  "POST /cases/{caseId}/actions/edit": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsEditRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 更正类别地点 · cases:write */
  "POST /cases/{caseId}/actions/correct": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body?: Schemas["PostApiCasesCaseIdActionsCorrectRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 重新受理 · cases:write */
  "POST /cases/{caseId}/actions/reconsider": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsReturnRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 并案 · cases:write */
  "POST /cases/{caseId}/actions/merge": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsMergeRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 拆案 · cases:write */
  "POST /cases/{caseId}/actions/separate": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body?: Schemas["PostApiCasesCaseIdActionsSeparateRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 上报 · cases:write */
  "POST /cases/{caseId}/actions/escalate": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsReturnRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 下转 · cases:write */
  "POST /cases/{caseId}/actions/delegate": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsDelegateRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 交办 · cases:write */
  "POST /cases/{caseId}/actions/dispatch": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsDispatchRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 退回政协 · cases:write */
  "POST /cases/{caseId}/actions/sendBack": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsReturnRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 改派 · cases:write */
  "POST /cases/{caseId}/actions/redispatch": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsRedispatchRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 调整协办 · cases:write */
  "POST /cases/{caseId}/actions/changeCoHandlers": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsChangeCoHandlersRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 撤回交办 · cases:write */
  "POST /cases/{caseId}/actions/recall": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsReturnRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 签收 · cases:write */
  "POST /cases/{caseId}/actions/sign": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body?: Schemas["PostApiCasesCaseIdActionsTakeOverRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 答复 · cases:write */
  "POST /cases/{caseId}/actions/reply": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsReplyRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 报进展 · cases:write */
  "POST /cases/{caseId}/actions/progress": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsProgressRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 向委员核实 · cases:write */
  "POST /cases/{caseId}/actions/ask": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsAskRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 回答 · cases:write */
  "POST /cases/{caseId}/actions/answer": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsAnswerRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 会签意见 · cases:write */
  "POST /cases/{caseId}/actions/opinion": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsAnswerRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 退回改派 · cases:write */
  "POST /cases/{caseId}/actions/transferBack": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsTransferBackRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 申请延期 · cases:write */
  "POST /cases/{caseId}/actions/requestExtension": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsRequestExtensionRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 同意延期 · cases:write */
  "POST /cases/{caseId}/actions/grant": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body?: Schemas["PostApiCasesCaseIdActionsSeparateRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 不同意延期 · cases:write */
  "POST /cases/{caseId}/actions/deny": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsReturnRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 面商 · cases:write */
  "POST /cases/{caseId}/actions/contact": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsContactRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 通过 · cases:write */
  "POST /cases/{caseId}/actions/approve": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body?: Schemas["PostApiCasesCaseIdActionsSeparateRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 退回重答 · cases:write */
  "POST /cases/{caseId}/actions/rejectReply": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsReturnRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 评价 · cases:write */
  "POST /cases/{caseId}/actions/rate": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsRateRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 裁定 · cases:write */
  "POST /cases/{caseId}/actions/conclude": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsConcludeRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 申请复核 · cases:write */
  "POST /cases/{caseId}/actions/appeal": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsReturnRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 复核 · cases:write */
  "POST /cases/{caseId}/actions/reviewAppeal": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsReviewAppealRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 跟踪落实 · cases:write */
  "POST /cases/{caseId}/actions/followUp": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsAnswerRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 已落实 · cases:write */
  "POST /cases/{caseId}/actions/fulfil": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsAnswerRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 重新办理 · cases:write */
  "POST /cases/{caseId}/actions/reopen": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsReturnRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 回访 · cases:write */
  "POST /cases/{caseId}/actions/visit": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsVisitRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 采用 · cases:write */
  "POST /cases/{caseId}/actions/adopt": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsAdoptRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 批示 · cases:write */
  "POST /cases/{caseId}/actions/instruct": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsInstructRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 评为优秀 · cases:write */
  "POST /cases/{caseId}/actions/commend": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body?: Schemas["PostApiCasesCaseIdActionsSeparateRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 公开 · cases:write */
  "POST /cases/{caseId}/actions/publish": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsPublishRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 补充情况 · cases:write */
  "POST /cases/{caseId}/actions/supplement": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsAnswerRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 备注 · cases:write */
  "POST /cases/{caseId}/actions/comment": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsCommentRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 催办 · cases:write */
  "POST /cases/{caseId}/actions/urge": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body?: Schemas["PostApiCasesCaseIdActionsUrgeRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 督办 · cases:write */
  "POST /cases/{caseId}/actions/supervise": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsSuperviseRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 答复督办 · cases:write */
  "POST /cases/{caseId}/actions/answerSupervision": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsAnswerRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 邀请联名 · cases:write */
  "POST /cases/{caseId}/actions/invite": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsInviteRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 同意联名 · cases:write */
  "POST /cases/{caseId}/actions/join": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body?: Schemas["PostApiCasesCaseIdActionsTakeOverRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 不参加联名 · cases:write */
  "POST /cases/{caseId}/actions/declineJoin": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body?: Schemas["PostApiCasesCaseIdActionsTakeOverRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 退出联名 · cases:write */
  "POST /cases/{caseId}/actions/leave": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body?: Schemas["PostApiCasesCaseIdActionsWithdrawRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 附议 · cases:write */
  "POST /cases/{caseId}/actions/support": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body?: Schemas["PostApiCasesCaseIdActionsTakeOverRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** 公开姓名 · cases:write */
  "POST /cases/{caseId}/actions/reveal": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] }; body: Schemas["PostApiCasesCaseIdActionsRevealRequestBody"] }; answer: Schemas["GetApiCasesCaseIdPositiveResponse"] | undefined };
  /** What a front end must know before anybody is signed on */
  "GET /front": { input: {}; answer: Schemas["GetApiFrontPositiveResponse"] };
  /** Other origins that serve the mini-app, by host organisation · admin:read */
  "GET /admin/origins": { input: {}; answer: Schemas["GetApiAdminOriginsPositiveResponse"] };
  /** Replace the other origins of a host organisation */
  "PUT /admin/origins/{hostId}": { input: { path: { hostId: Schemas["PutApiAdminOriginsHostIdParameterHostId"] }; body: Schemas["PutApiAdminOriginsHostIdRequestBody"] }; answer: Schemas["GetApiAdminOriginsPositiveResponse"] };
  /** Contacts: hosts and the last syncs · admin:read */
  "GET /admin/contacts": { input: {}; answer: Schemas["GetApiAdminContactsPositiveResponse"] };
  /** Read the contacts and work out what would change */
  "POST /admin/contacts/runs": { input: { body: Schemas["PostApiAdminContactsRunsRequestBody"] }; answer: Schemas["PostApiAdminContactsRunsPositiveResponse"] };
  /** One sync: what it would change, or has changed · admin:read */
  "GET /admin/contacts/runs/{runId}": { input: { path: { runId: Schemas["GetApiAdminContactsRunsRunIdParameterRunId"] } }; answer: Schemas["GetApiAdminContactsRunsRunIdPositiveResponse"] };
  /** Write what was read, unless the contacts have changed since */
  "POST /admin/contacts/runs/{runId}/apply": { input: { path: { runId: Schemas["GetApiAdminContactsRunsRunIdParameterRunId"] }; body?: Schemas["PostApiMeAccountsAccountIdLeaveRequestBody"] }; answer: Schemas["PostApiAdminContactsRunsRunIdApplyPositiveResponse"] };
  /** The areas I administer, as a tree · admin:read */
  "GET /admin/areas": { input: {}; answer: Schemas["GetApiAdminAreasPositiveResponse"] };
  /** Add an area below one of mine */
  "POST /admin/areas": { input: { body: Schemas["PostApiAdminAreasRequestBody"] }; answer: Schemas["PostApiAdminAreasPositiveResponse"] };
  /** Rename an area or change the letters of its case numbers */
  "PATCH /admin/areas/{areaId}": { input: { path: { areaId: Schemas["PatchApiAdminAreasAreaIdParameterAreaId"] }; body: Schemas["PatchApiAdminAreasAreaIdRequestBody"] }; answer: Schemas["PatchApiAdminAreasAreaIdPositiveResponse"] };
  /** Remove an area nothing names */
  "DELETE /admin/areas/{areaId}": { input: { path: { areaId: Schemas["PatchApiAdminAreasAreaIdParameterAreaId"] } }; answer: Schemas["DeleteApiAdminAreasAreaIdPositiveResponse"] };
  /** The units of my areas, with what they lack · admin:read */
  "GET /admin/units": { input: { query?: { areaId?: Schemas["GetApiAdminUnitsTableParameterAreaId"]; q?: Schemas["GetApiAdminUnitsTableParameterQ"]; type?: Schemas["GetApiAdminUnitsTableParameterType"]; state?: Schemas["GetApiAdminUnitsTableParameterState"]; after?: Schemas["GetApiAdminLinksParameterAfter"] } }; answer: Schemas["GetApiAdminUnitsPositiveResponse"] };
  /** Add a unit */
  "POST /admin/units": { input: { body: Schemas["PostApiAdminUnitsRequestBody"] }; answer: Schemas["PostApiAdminUnitsPositiveResponse"] };
  /** One unit: its people, departments and rule · admin:read */
  "GET /admin/units/{unitId}": { input: { path: { unitId: Schemas["GetApiAdminPeopleTableParameterUnitId"] } }; answer: Schemas["GetApiAdminUnitsUnitIdPositiveResponse"] };
  /** Change a unit */
  "PATCH /admin/units/{unitId}": { input: { path: { unitId: Schemas["GetApiAdminPeopleTableParameterUnitId"] }; body: Schemas["PatchApiAdminUnitsUnitIdRequestBody"] }; answer: Schemas["PatchApiAdminUnitsUnitIdPositiveResponse"] };
  /** What stopping a unit does to running cases · admin:read */
  "GET /admin/units/{unitId}/impact": { input: { path: { unitId: Schemas["GetApiAdminPeopleTableParameterUnitId"] } }; answer: Schemas["GetApiAdminUnitsUnitIdImpactPositiveResponse"] };
  /** Stop a unit: it gets nothing new */
  "POST /admin/units/{unitId}/stop": { input: { path: { unitId: Schemas["GetApiAdminPeopleTableParameterUnitId"] }; body: Schemas["PostApiAdminUnitsUnitIdStopRequestBody"] }; answer: Schemas["PostApiAdminUnitsUnitIdStopPositiveResponse"] };
  /** Take a stopped unit back */
  "POST /admin/units/{unitId}/resume": { input: { path: { unitId: Schemas["GetApiAdminPeopleTableParameterUnitId"] }; body?: Schemas["PostApiMeAccountsAccountIdLeaveRequestBody"] }; answer: Schemas["PostApiAdminUnitsUnitIdResumePositiveResponse"] };
  /** Departments of the contacts by name · admin:read */
  "GET /admin/departments": { input: { query?: { q?: Schemas["GetApiAdminUnitsTableParameterQ"] } }; answer: Schemas["GetApiAdminDepartmentsPositiveResponse"] };
  /** Say which unit a department stands for */
  "PUT /admin/departments": { input: { body: Schemas["PutApiAdminDepartmentsRequestBody"] }; answer: Schemas["PutApiAdminDepartmentsPositiveResponse"] };
  /** People of my areas, and those without a role yet · admin:read */
  "GET /admin/people": { input: { query?: { q?: Schemas["GetApiAdminPeopleTableParameterQ"]; unitId?: Schemas["GetApiAdminPeopleTableParameterUnitId"]; role?: Schemas["GetApiAdminPeopleTableParameterRole"]; state?: Schemas["GetApiAdminPeopleTableParameterState"]; after?: Schemas["GetApiAdminLinksParameterAfter"] } }; answer: Schemas["GetApiAdminPeoplePositiveResponse"] };
  /** Add somebody the contacts do not know */
  "POST /admin/people": { input: { body: Schemas["PostApiAdminPeopleRequestBody"] }; answer: Schemas["PostApiAdminPeoplePositiveResponse"] };
  /** One person: roles, memberships, accounts · admin:read */
  "GET /admin/people/{personId}": { input: { path: { personId: Schemas["GetApiAdminPeoplePersonIdParameterPersonId"] } }; answer: Schemas["GetApiAdminPeoplePersonIdPositiveResponse"] };
  /** Change what the contacts do not bring */
  "PATCH /admin/people/{personId}": { input: { path: { personId: Schemas["GetApiAdminPeoplePersonIdParameterPersonId"] }; body: Schemas["PatchApiAdminPeoplePersonIdRequestBody"] }; answer: Schemas["PatchApiAdminPeoplePersonIdPositiveResponse"] };
  /** What ending all roles of a person does to running cases · admin:read */
  "GET /admin/people/{personId}/impact": { input: { path: { personId: Schemas["GetApiAdminPeoplePersonIdParameterPersonId"] } }; answer: Schemas["GetApiAdminUnitsUnitIdImpactPositiveResponse"] };
  /** End all roles of a person: nobody signs on without one */
  "POST /admin/people/{personId}/end": { input: { path: { personId: Schemas["GetApiAdminPeoplePersonIdParameterPersonId"] }; body: Schemas["PostApiAdminUnitsUnitIdStopRequestBody"] }; answer: Schemas["PostApiAdminPeoplePersonIdEndPositiveResponse"] };
  /** Change sector, special committee and term of a membership */
  "PATCH /admin/memberships/{membershipId}": { input: { path: { membershipId: Schemas["PatchApiAdminMembershipsMembershipIdParameterMembershipId"] }; body?: Schemas["PatchApiAdminMembershipsMembershipIdRequestBody"] }; answer: Schemas["PatchApiAdminMembershipsMembershipIdPositiveResponse"] };
  /** Give a role */
  "POST /admin/grants": { input: { body: Schemas["PostApiAdminGrantsRequestBody"] }; answer: Schemas["PostApiAdminGrantsPositiveResponse"] };
  /** What ending a role does to running cases · admin:read */
  "GET /admin/grants/{grantId}/impact": { input: { path: { grantId: Schemas["GetApiAdminGrantsGrantIdImpactParameterGrantId"] }; query?: { toDate?: Schemas["GetApiAdminGrantsGrantIdImpactParameterToDate"] } }; answer: Schemas["GetApiAdminUnitsUnitIdImpactPositiveResponse"] };
  /** End a role */
  "POST /admin/grants/{grantId}/end": { input: { path: { grantId: Schemas["GetApiAdminGrantsGrantIdImpactParameterGrantId"] }; body: Schemas["PostApiAdminGrantsGrantIdEndRequestBody"] }; answer: Schemas["PostApiAdminGrantsGrantIdEndPositiveResponse"] };
  /** How much is late, why, and whose move it is · statistics:read */
  "GET /late": { input: { query: { desk: Schemas["GetApiLateParameterDesk"]; reason?: Schemas["GetApiLateParameterReason"]; area?: Schemas["GetApiStatisticsCasesTableParameterPlace"]; mover?: Schemas["GetApiLateParameterMover"] } }; answer: Schemas["GetApiLatePositiveResponse"] };
  /** Late cases put together by unit, stage, reason or area · statistics:read */
  "GET /late/groups": { input: { query: { desk: Schemas["GetApiLateParameterDesk"]; reason?: Schemas["GetApiLateParameterReason"]; area?: Schemas["GetApiStatisticsCasesTableParameterPlace"]; mover?: Schemas["GetApiLateParameterMover"]; by?: Schemas["GetApiLateGroupsParameterBy"]; all?: Schemas["GetApiLateGroupsParameterAll"]; after?: Schemas["GetApiCasesParameterAfter"] } }; answer: Schemas["GetApiLateGroupsPositiveResponse"] };
  /** The late cases of one group · statistics:read */
  "GET /late/items": { input: { query: { desk: Schemas["GetApiLateParameterDesk"]; reason?: Schemas["GetApiLateParameterReason"]; area?: Schemas["GetApiStatisticsCasesTableParameterPlace"]; mover?: Schemas["GetApiLateParameterMover"]; by: Schemas["GetApiLateItemsParameterBy"]; key: Schemas["GetApiLateItemsParameterKey"]; after?: Schemas["GetApiCasesParameterAfter"]; limit?: Schemas["GetApiCasesParameterLimit"] } }; answer: Schemas["GetApiLateItemsPositiveResponse"] };
  /** All late cases as an Excel workbook · statistics:read */
  "GET /late/table": { input: { query: { desk: Schemas["GetApiLateParameterDesk"]; reason?: Schemas["GetApiLateParameterReason"]; area?: Schemas["GetApiStatisticsCasesTableParameterPlace"]; mover?: Schemas["GetApiLateParameterMover"] } }; answer: Uint8Array };
  /** A list of cases as an Excel workbook */
  "GET /exports/cases": { input: { query: { desk: Schemas["GetApiCasesParameterDesk"]; queue?: Schemas["GetApiCasesParameterQueue"]; q?: Schemas["GetApiCasesParameterQ"]; category?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; area?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; unit?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; sort?: Schemas["GetApiCasesParameterSort"] } }; answer: Uint8Array };
  /** Figures as an Excel workbook, each with what it means and leaves out */
  "GET /exports/figures": { input: { query: { desk: Schemas["GetApiStatisticsCasesTableParameterDesk"]; period?: Schemas["GetApiStatisticsCasesTableParameterPeriod"]; within?: Schemas["GetApiStatisticsCasesTableParameterWithin"]; from?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; to?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; area?: Schemas["GetApiStatisticsCasesTableParameterArea"]; unit?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; category?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; sector?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; place?: Schemas["GetApiStatisticsCasesTableParameterPlace"] } }; answer: Uint8Array };
  /** 通报: the figures as a Word document ready to be sent on */
  "GET /exports/circular": { input: { query: { desk: Schemas["GetApiStatisticsCasesTableParameterDesk"]; period?: Schemas["GetApiStatisticsCasesTableParameterPeriod"]; within?: Schemas["GetApiStatisticsCasesTableParameterWithin"]; from?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; to?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; area?: Schemas["GetApiStatisticsCasesTableParameterArea"]; unit?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; category?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; sector?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; place?: Schemas["GetApiStatisticsCasesTableParameterPlace"] } }; answer: Uint8Array };
  /** One case for paper · cases:read */
  "GET /cases/{caseId}/print": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] } }; answer: Schemas["GetApiCasesCaseIdPrintPositiveResponse"] };
  /** One case with its history and every file, as a ZIP archive · cases:read */
  "GET /cases/{caseId}/archive": { input: { path: { caseId: Schemas["GetApiCasesCaseIdClocksClockIdParameterCaseId"] } }; answer: Uint8Array };
  /** Urge many cases with one wish */
  "POST /urges": { input: { body: Schemas["PostApiUrgesRequestBody"] }; answer: Schemas["PostApiUrgesPositiveResponse"] };
  /** What an urge of these cases would say, and whom it would reach */
  "POST /urges/preview": { input: { body: Schemas["PostApiUrgesPreviewRequestBody"] }; answer: Schemas["PostApiUrgesPreviewPositiveResponse"] };
  /** How far a wish of mine to urge has come */
  "GET /urges/{urgesId}": { input: { path: { urgesId: Schemas["GetApiAdminWebhooksWebhookIdDeliveriesTableParameterWebhookId"] } }; answer: Schemas["PostApiUrgesPositiveResponse"] };
  /** Who acts for whom in my areas · admin:read */
  "GET /admin/substitutions": { input: { query?: { state?: Schemas["GetApiAdminSubstitutionsTableParameterState"]; after?: Schemas["GetApiAdminLinksParameterAfter"] } }; answer: Schemas["GetApiAdminSubstitutionsPositiveResponse"] };
  /** My substitutes, and for whom I act */
  "GET /substitutions": { input: {}; answer: Schemas["GetApiSubstitutionsPositiveResponse"] };
  /** Name a substitute for a period */
  "POST /substitutions": { input: { body: Schemas["PostApiSubstitutionsRequestBody"] }; answer: Schemas["PostApiSubstitutionsPositiveResponse"] };
  /** Who may act for somebody */
  "GET /substitutions/candidates": { input: { query?: { personId?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; q?: Schemas["GetApiAdminUnitsTableParameterQ"] } }; answer: Schemas["GetApiSubstitutionsCandidatesPositiveResponse"] };
  /** End a substitution now */
  "POST /substitutions/{substitutionId}/end": { input: { path: { substitutionId: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"] }; body?: Schemas["PostApiMeAccountsAccountIdLeaveRequestBody"] }; answer: Schemas["PostApiSubstitutionsSubstitutionIdEndPositiveResponse"] };
  /** Categories to report under, with their notices and questions · cases:read | cases:file */
  "GET /categories": { input: { query?: { place?: Schemas["GetApiCategoriesParameterPlace"]; committee?: Schemas["GetApiCategoriesParameterCommittee"] } }; answer: Schemas["GetApiCategoriesPositiveResponse"] };
  /** Reply phrases: mine, my units’, my areas’ · cases:read | cases:file */
  "GET /phrases": { input: {}; answer: Schemas["GetApiPhrasesPositiveResponse"] };
  /** Keep a reply phrase for myself */
  "PUT /phrases/{itemId}": { input: { path: { itemId: Schemas["PutApiPhrasesItemIdParameterItemId"] }; body: Schemas["PutApiPhrasesItemIdRequestBody"] }; answer: Schemas["PutApiPhrasesItemIdPositiveResponse"] };
  /** Throw a reply phrase of mine away */
  "DELETE /phrases/{itemId}": { input: { path: { itemId: Schemas["PutApiPhrasesItemIdParameterItemId"] } }; answer: Schemas["PutApiPhrasesItemIdPositiveResponse"] };
  /** Categories of an area · admin:read */
  "GET /admin/categories": { input: { query: { areaId: Schemas["GetApiAdminCategoriesParameterAreaId"] } }; answer: Schemas["GetApiAdminCategoriesPositiveResponse"] };
  /** Cases under way that carry a category · admin:read */
  "GET /admin/categories/{itemId}/uses": { input: { path: { itemId: Schemas["PutApiPhrasesItemIdParameterItemId"] }; query: { areaId: Schemas["GetApiAdminCategoriesParameterAreaId"] } }; answer: Schemas["GetApiAdminCategoriesItemIdUsesPositiveResponse"] };
  /** Words of notices and cards · admin:read */
  "GET /admin/texts": { input: { query: { areaId: Schemas["GetApiAdminCategoriesParameterAreaId"] } }; answer: Schemas["GetApiAdminTextsPositiveResponse"] };
  /** What somebody would get with these words */
  "POST /admin/texts/{itemId}/preview": { input: { path: { itemId: Schemas["PutApiPhrasesItemIdParameterItemId"] }; body: Schemas["PostApiAdminTextsItemIdPreviewRequestBody"] }; answer: Schemas["PostApiAdminTextsItemIdPreviewPositiveResponse"] };
  /** Ready-made reasons of an area · admin:read */
  "GET /admin/reasons": { input: { query: { areaId: Schemas["GetApiAdminCategoriesParameterAreaId"] } }; answer: Schemas["GetApiAdminReasonsPositiveResponse"] };
  /** Reply phrases of an area and its units · admin:read */
  "GET /admin/phrases": { input: { query: { areaId: Schemas["GetApiAdminCategoriesParameterAreaId"] } }; answer: Schemas["GetApiAdminPhrasesPositiveResponse"] };
  /** The dispatch catalogue · admin:read */
  "GET /admin/dispatch-entries": { input: { query: { areaId: Schemas["GetApiAdminCategoriesParameterAreaId"] } }; answer: Schemas["GetApiAdminDispatchEntriesPositiveResponse"] };
  /** Set one of categories */
  "PUT /admin/categories/{itemId}": { input: { path: { itemId: Schemas["PutApiPhrasesItemIdParameterItemId"] }; body: Schemas["PutApiAdminCategoriesItemIdRequestBody"] }; answer: Schemas["PutApiPhrasesItemIdPositiveResponse"] };
  /** Take one of categories away, or follow the area above again */
  "DELETE /admin/categories/{itemId}": { input: { path: { itemId: Schemas["PutApiPhrasesItemIdParameterItemId"] }; query: { areaId: Schemas["GetApiAdminCategoriesParameterAreaId"]; unitId?: Schemas["DeleteApiAdminCategoriesItemIdParameterUnitId"]; seen: Schemas["DeleteApiAdminCategoriesItemIdParameterSeen"] } }; answer: Schemas["PutApiPhrasesItemIdPositiveResponse"] };
  /** Set one of category-orders */
  "PUT /admin/category-orders/{itemId}": { input: { path: { itemId: Schemas["PutApiPhrasesItemIdParameterItemId"] }; body: Schemas["PutApiAdminCategoryOrdersItemIdRequestBody"] }; answer: Schemas["PutApiPhrasesItemIdPositiveResponse"] };
  /** Take one of category-orders away, or follow the area above again */
  "DELETE /admin/category-orders/{itemId}": { input: { path: { itemId: Schemas["PutApiPhrasesItemIdParameterItemId"] }; query: { areaId: Schemas["GetApiAdminCategoriesParameterAreaId"]; unitId?: Schemas["DeleteApiAdminCategoriesItemIdParameterUnitId"]; seen: Schemas["DeleteApiAdminCategoriesItemIdParameterSeen"] } }; answer: Schemas["PutApiPhrasesItemIdPositiveResponse"] };
  /** Set one of reasons */
  "PUT /admin/reasons/{itemId}": { input: { path: { itemId: Schemas["PutApiPhrasesItemIdParameterItemId"] }; body: Schemas["PutApiAdminReasonsItemIdRequestBody"] }; answer: Schemas["PutApiPhrasesItemIdPositiveResponse"] };
  /** Take one of reasons away, or follow the area above again */
  "DELETE /admin/reasons/{itemId}": { input: { path: { itemId: Schemas["PutApiPhrasesItemIdParameterItemId"] }; query: { areaId: Schemas["GetApiAdminCategoriesParameterAreaId"]; unitId?: Schemas["DeleteApiAdminCategoriesItemIdParameterUnitId"]; seen: Schemas["DeleteApiAdminCategoriesItemIdParameterSeen"] } }; answer: Schemas["PutApiPhrasesItemIdPositiveResponse"] };
  /** Set one of phrases */
  "PUT /admin/phrases/{itemId}": { input: { path: { itemId: Schemas["PutApiPhrasesItemIdParameterItemId"] }; body: Schemas["PutApiAdminPhrasesItemIdRequestBody"] }; answer: Schemas["PutApiPhrasesItemIdPositiveResponse"] };
  /** Take one of phrases away, or follow the area above again */
  "DELETE /admin/phrases/{itemId}": { input: { path: { itemId: Schemas["PutApiPhrasesItemIdParameterItemId"] }; query: { areaId: Schemas["GetApiAdminCategoriesParameterAreaId"]; unitId?: Schemas["DeleteApiAdminCategoriesItemIdParameterUnitId"]; seen: Schemas["DeleteApiAdminCategoriesItemIdParameterSeen"] } }; answer: Schemas["PutApiPhrasesItemIdPositiveResponse"] };
  /** Set one of dispatch-entries */
  "PUT /admin/dispatch-entries/{itemId}": { input: { path: { itemId: Schemas["PutApiPhrasesItemIdParameterItemId"] }; body: Schemas["PutApiAdminDispatchEntriesItemIdRequestBody"] }; answer: Schemas["PutApiPhrasesItemIdPositiveResponse"] };
  /** Take one of dispatch-entries away, or follow the area above again */
  "DELETE /admin/dispatch-entries/{itemId}": { input: { path: { itemId: Schemas["PutApiPhrasesItemIdParameterItemId"] }; query: { areaId: Schemas["GetApiAdminCategoriesParameterAreaId"]; unitId?: Schemas["DeleteApiAdminCategoriesItemIdParameterUnitId"]; seen: Schemas["DeleteApiAdminCategoriesItemIdParameterSeen"] } }; answer: Schemas["PutApiPhrasesItemIdPositiveResponse"] };
  /** Set one of texts */
  "PUT /admin/texts/{itemId}": { input: { path: { itemId: Schemas["PutApiPhrasesItemIdParameterItemId"] }; body: Schemas["PutApiAdminTextsItemIdRequestBody"] }; answer: Schemas["PutApiPhrasesItemIdPositiveResponse"] };
  /** Take one of texts away, or follow the area above again */
  "DELETE /admin/texts/{itemId}": { input: { path: { itemId: Schemas["PutApiPhrasesItemIdParameterItemId"] }; query: { areaId: Schemas["GetApiAdminCategoriesParameterAreaId"]; unitId?: Schemas["DeleteApiAdminCategoriesItemIdParameterUnitId"]; seen: Schemas["DeleteApiAdminCategoriesItemIdParameterSeen"] } }; answer: Schemas["PutApiPhrasesItemIdPositiveResponse"] };
  /** Undo a change of the catalogue */
  "POST /admin/catalogue-changes/{changeId}/undo": { input: { path: { changeId: Schemas["GetApiAdminWebhooksWebhookIdDeliveriesTableParameterWebhookId"] }; body?: Schemas["PostApiMeAccountsAccountIdLeaveRequestBody"] }; answer: Schemas["PutApiPhrasesItemIdPositiveResponse"] };
  /** What an area sets about its figures: go-live, ranking, points · admin:read */
  "GET /admin/statistics": { input: { query: { areaId: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"] } }; answer: Schemas["GetApiAdminStatisticsPositiveResponse"] };
  /** Change what an area sets about its figures */
  "PUT /admin/statistics": { input: { body: Schemas["PutApiAdminStatisticsRequestBody"] }; answer: Schemas["GetApiAdminStatisticsPositiveResponse"] };
  /** What other rules of points would have made of this year, without names */
  "POST /admin/statistics/points/preview": { input: { body: Schemas["PostApiAdminStatisticsPointsPreviewRequestBody"] }; answer: Schemas["PostApiAdminStatisticsPointsPreviewPositiveResponse"] };
  /** Count every figure anew, beside those in use */
  "POST /admin/statistics/recount": { input: { body?: Schemas["PostApiMeAccountsCodeRequestBody"] }; answer: Schemas["PostApiAdminStatisticsRecountPositiveResponse"] };
  /** The answers that were rated last, with their stars and how long the unit took · statistics:read */
  "GET /statistics/ratings": { input: { query: { desk: Schemas["GetApiStatisticsCasesTableParameterDesk"]; period?: Schemas["GetApiStatisticsCasesTableParameterPeriod"]; within?: Schemas["GetApiStatisticsCasesTableParameterWithin"]; from?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; to?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; area?: Schemas["GetApiStatisticsCasesTableParameterArea"]; unit?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; category?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; sector?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; place?: Schemas["GetApiStatisticsCasesTableParameterPlace"]; limit?: Schemas["GetApiStatisticsRatingsParameterLimit"] } }; answer: Schemas["GetApiStatisticsRatingsPositiveResponse"] };
  /** What each member of my committee reported to it · statistics:read */
  "GET /statistics/members": { input: { query: { desk: Schemas["GetApiStatisticsCasesTableParameterDesk"]; period?: Schemas["GetApiStatisticsCasesTableParameterPeriod"]; within?: Schemas["GetApiStatisticsCasesTableParameterWithin"]; from?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; to?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; area?: Schemas["GetApiStatisticsCasesTableParameterArea"]; unit?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; category?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; sector?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; place?: Schemas["GetApiStatisticsCasesTableParameterPlace"] } }; answer: Schemas["GetApiStatisticsMembersPositiveResponse"] };
  /** Where my unit stands among those of its area, by answers in time · statistics:read */
  "GET /statistics/rank": { input: { query: { desk: Schemas["GetApiStatisticsCasesTableParameterDesk"]; period?: Schemas["GetApiStatisticsCasesTableParameterPeriod"]; within?: Schemas["GetApiStatisticsCasesTableParameterWithin"]; from?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; to?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; area?: Schemas["GetApiStatisticsCasesTableParameterArea"]; unit?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; category?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; sector?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; place?: Schemas["GetApiStatisticsCasesTableParameterPlace"] } }; answer: Schemas["GetApiStatisticsRankPositiveResponse"] };
  /** What people speak of most, what rises, what gathers at a place, what keeps coming back · statistics:read */
  "GET /statistics/topics": { input: { query: { desk: Schemas["GetApiStatisticsCasesTableParameterDesk"]; period?: Schemas["GetApiStatisticsCasesTableParameterPeriod"]; within?: Schemas["GetApiStatisticsCasesTableParameterWithin"]; from?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; to?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; area?: Schemas["GetApiStatisticsCasesTableParameterArea"]; unit?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; category?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; sector?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; place?: Schemas["GetApiStatisticsCasesTableParameterPlace"] } }; answer: Schemas["GetApiStatisticsTopicsPositiveResponse"] };
  /** The cases behind a topic: a word, or a category at a place · statistics:read */
  "GET /statistics/topics/cases": { input: { query: { desk: Schemas["GetApiStatisticsCasesTableParameterDesk"]; period?: Schemas["GetApiStatisticsCasesTableParameterPeriod"]; within?: Schemas["GetApiStatisticsCasesTableParameterWithin"]; from?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; to?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; area?: Schemas["GetApiStatisticsCasesTableParameterArea"]; unit?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; category?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; sector?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; place?: Schemas["GetApiStatisticsCasesTableParameterPlace"]; seq?: Schemas["GetApiStatisticsCasesTableParameterSeq"]; counting?: Schemas["GetApiStatisticsCasesTableParameterCounting"]; asOf?: Schemas["GetApiStatisticsCasesTableParameterAsOf"]; word?: Schemas["GetApiStatisticsTopicsCasesTableParameterWord"]; after?: Schemas["GetApiStatisticsTopicsCasesParameterAfter"]; limit?: Schemas["GetApiStatisticsTopicsCasesParameterLimit"] } }; answer: Schemas["GetApiStatisticsTopicsCasesPositiveResponse"] };
  /** My own year as a member: what came of my reports, points, stars · statistics:read */
  "GET /statistics/record": { input: { query?: { year?: Schemas["GetApiStatisticsRecordParameterYear"] } }; answer: Schemas["GetApiStatisticsRecordPositiveResponse"] };
  /** The cases behind a number of my record · statistics:read */
  "GET /statistics/record/cases": { input: { query: { year: Schemas["GetApiStatisticsRecordParameterYear"]; of?: Schemas["GetApiStatisticsRecordCasesParameterOf"]; act?: Schemas["GetApiStatisticsRecordCasesParameterAct"]; seq?: Schemas["GetApiStatisticsRecordCasesParameterSeq"]; month?: Schemas["GetApiStatisticsRecordCasesParameterMonth"] } }; answer: Schemas["GetApiStatisticsRecordCasesPositiveResponse"] };
  /** Whose figures I may read · statistics:read */
  "GET /statistics/desks": { input: {}; answer: Schemas["GetApiStatisticsDesksPositiveResponse"] };
  /** Figures of an area or a unit over a period, with what they are compared with · statistics:read */
  "GET /statistics/figures": { input: { query: { desk: Schemas["GetApiStatisticsCasesTableParameterDesk"]; period?: Schemas["GetApiStatisticsCasesTableParameterPeriod"]; within?: Schemas["GetApiStatisticsCasesTableParameterWithin"]; from?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; to?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; area?: Schemas["GetApiStatisticsCasesTableParameterArea"]; unit?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; category?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; sector?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; place?: Schemas["GetApiStatisticsCasesTableParameterPlace"]; split?: Schemas["GetApiStatisticsFiguresParameterSplit"]; figures?: Schemas["GetApiStatisticsFiguresParameterFigures"]; rankBy?: Schemas["GetApiStatisticsFiguresParameterRankBy"]; compare?: Schemas["GetApiStatisticsFiguresParameterCompare"] } }; answer: Schemas["GetApiStatisticsFiguresPositiveResponse"] };
  /** How long each stage took, in working time: mean and ninetieth percentile · statistics:read */
  "GET /statistics/stages": { input: { query: { desk: Schemas["GetApiStatisticsCasesTableParameterDesk"]; period?: Schemas["GetApiStatisticsCasesTableParameterPeriod"]; within?: Schemas["GetApiStatisticsCasesTableParameterWithin"]; from?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; to?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; area?: Schemas["GetApiStatisticsCasesTableParameterArea"]; unit?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; category?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; sector?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; place?: Schemas["GetApiStatisticsCasesTableParameterPlace"]; split?: Schemas["GetApiStatisticsStagesParameterSplit"]; stage?: Schemas["GetApiStatisticsStagesParameterStage"] } }; answer: Schemas["GetApiStatisticsStagesPositiveResponse"] };
  /** What became of the reports of a period, step by step · statistics:read */
  "GET /statistics/flow": { input: { query: { desk: Schemas["GetApiStatisticsCasesTableParameterDesk"]; period?: Schemas["GetApiStatisticsCasesTableParameterPeriod"]; within?: Schemas["GetApiStatisticsCasesTableParameterWithin"]; from?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; to?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; area?: Schemas["GetApiStatisticsCasesTableParameterArea"]; unit?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; category?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; sector?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; place?: Schemas["GetApiStatisticsCasesTableParameterPlace"] } }; answer: Schemas["GetApiStatisticsFlowPositiveResponse"] };
  /** What is in hand now: for how long, and whom it waits for · statistics:read */
  "GET /statistics/backlog": { input: { query: { desk: Schemas["GetApiStatisticsCasesTableParameterDesk"]; period?: Schemas["GetApiStatisticsCasesTableParameterPeriod"]; within?: Schemas["GetApiStatisticsCasesTableParameterWithin"]; from?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; to?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; area?: Schemas["GetApiStatisticsCasesTableParameterArea"]; unit?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; category?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; sector?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; place?: Schemas["GetApiStatisticsCasesTableParameterPlace"] } }; answer: Schemas["GetApiStatisticsBacklogPositiveResponse"] };
  /** The cases behind a figure, a stage or an age · statistics:read */
  "GET /statistics/cases": { input: { query: { desk: Schemas["GetApiStatisticsCasesTableParameterDesk"]; period?: Schemas["GetApiStatisticsCasesTableParameterPeriod"]; within?: Schemas["GetApiStatisticsCasesTableParameterWithin"]; from?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; to?: Schemas["GetApiStatisticsCasesTableParameterFrom"]; area?: Schemas["GetApiStatisticsCasesTableParameterArea"]; unit?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; category?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; sector?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; place?: Schemas["GetApiStatisticsCasesTableParameterPlace"]; seq?: Schemas["GetApiStatisticsCasesTableParameterSeq"]; counting?: Schemas["GetApiStatisticsCasesTableParameterCounting"]; asOf?: Schemas["GetApiStatisticsCasesTableParameterAsOf"]; figure?: Schemas["GetApiStatisticsCasesTableParameterFigure"]; stage?: Schemas["GetApiStatisticsCasesTableParameterStage"]; step?: Schemas["GetApiStatisticsCasesTableParameterStep"]; age?: Schemas["GetApiStatisticsCasesTableParameterAge"]; mover?: Schemas["GetApiStatisticsCasesTableParameterMover"]; member?: Schemas["GetApiStatisticsCasesTableParameterMember"]; late?: Schemas["GetApiStatisticsCasesTableParameterLate"]; reason?: Schemas["GetApiStatisticsCasesTableParameterReason"]; part?: Schemas["GetApiStatisticsCasesTableParameterPart"]; after?: Schemas["GetApiStatisticsTopicsCasesParameterAfter"]; limit?: Schemas["GetApiStatisticsTopicsCasesParameterLimit"] } }; answer: Schemas["GetApiStatisticsTopicsCasesPositiveResponse"] };
  /** Connected platforms, and which areas they handle · admin:read */
  "GET /admin/exchange": { input: {}; answer: Schemas["GetApiAdminExchangePositiveResponse"] };
  /** Add a platform */
  "POST /admin/exchange/partners": { input: { body: Schemas["PostApiAdminExchangePartnersRequestBody"] }; answer: Schemas["GetApiAdminExchangePositiveResponse"] };
  /** Change a platform */
  "PUT /admin/exchange/partners/{partnerId}": { input: { path: { partnerId: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"] }; body: Schemas["PutApiAdminExchangePartnersPartnerIdRequestBody"] }; answer: Schemas["GetApiAdminExchangePositiveResponse"] };
  /** A new key; older ones count for some hours more */
  "POST /admin/exchange/partners/{partnerId}/keys": { input: { path: { partnerId: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"] }; body?: Schemas["PostApiAdminExchangePartnersPartnerIdKeysRequestBody"] }; answer: Schemas["PostApiAdminExchangePartnersPartnerIdKeysPositiveResponse"] };
  /** End a key at once */
  "POST /admin/exchange/partners/{partnerId}/keys/revoke": { input: { path: { partnerId: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"] }; body: Schemas["PostApiAdminExchangePartnersPartnerIdKeysRevokeRequestBody"] }; answer: Schemas["GetApiAdminExchangePositiveResponse"] };
  /** What switching a platform off would mean · admin:read */
  "GET /admin/exchange/partners/{partnerId}/off": { input: { path: { partnerId: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"] } }; answer: Schemas["GetApiAdminExchangePartnersPartnerIdOffPositiveResponse"] };
  /** What switching an area over would mean */
  "POST /admin/exchange/areas/preview": { input: { body: Schemas["PostApiAdminExchangeAreasPreviewRequestBody"] }; answer: Schemas["PostApiAdminExchangeAreasPreviewPositiveResponse"] };
  /** Who handles what an area accepts from now on */
  "PUT /admin/exchange/areas": { input: { body: Schemas["PostApiAdminExchangeAreasPreviewRequestBody"] }; answer: Schemas["GetApiAdminExchangePositiveResponse"] };
  /** Codes of a platform and what they mean here · admin:read */
  "GET /admin/exchange/codes": { input: { query: { partnerId: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; kind: Schemas["GetApiAdminExchangeCodesTableParameterKind"] } }; answer: Schemas["GetApiAdminExchangeCodesPositiveResponse"] };
  /** Match a code */
  "PUT /admin/exchange/codes": { input: { body: Schemas["PutApiAdminExchangeCodesRequestBody"] }; answer: Schemas["PutApiAdminExchangeCodesPositiveResponse"] };
  /** Forget a code that was written by mistake */
  "DELETE /admin/exchange/codes": { input: { query: { partnerId: Schemas["GetApiUnitsParameterCaseId"]; kind: Schemas["GetApiAdminExchangeCodesTableParameterKind"]; code: Schemas["GetApiUnitsParameterCaseId"] } }; answer: Schemas["PutApiAdminExchangeCodesPositiveResponse"] };
  /** Try again what is held because of one code */
  "POST /admin/exchange/codes/replay": { input: { body: Schemas["PostApiAdminExchangeCodesReplayRequestBody"] }; answer: Schemas["PostApiAdminExchangeCodesReplayPositiveResponse"] };
  /** What could not be delivered, and what came and does not fit · admin:read */
  "GET /admin/exchange/letters": { input: { query: { partnerId: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"] } }; answer: Schemas["GetApiAdminExchangeLettersPositiveResponse"] };
  /** Send or apply one again */
  "POST /admin/exchange/letters/retry": { input: { body: Schemas["PostApiAdminExchangeLettersRetryRequestBody"] }; answer: Schemas["GetApiAdminExchangeLettersPositiveResponse"] };
  /** Give one up that came and does not fit */
  "POST /admin/exchange/letters/dismiss": { input: { body: Schemas["PostApiAdminExchangeLettersDismissRequestBody"] }; answer: Schemas["GetApiAdminExchangeLettersPositiveResponse"] };
  /** Comparisons of both sides’ books · admin:read */
  "GET /admin/exchange/checks": { input: { query: { partnerId: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"] } }; answer: Schemas["GetApiAdminExchangeChecksPositiveResponse"] };
  /** Compare now, and repair */
  "POST /admin/exchange/checks": { input: { body: Schemas["PostApiAdminExchangeChecksRequestBody"] }; answer: Schemas["PostApiAdminExchangeChecksPositiveResponse"] };
  /** My access tokens */
  "GET /tokens": { input: {}; answer: Schemas["GetApiTokensPositiveResponse"] };
  /** Make an access token */
  "POST /tokens": { input: { body: Schemas["PostApiTokensRequestBody"] }; answer: Schemas["PostApiTokensPositiveResponse"] };
  /** Revoke one of my access tokens */
  "DELETE /tokens/{tokenId}": { input: { path: { tokenId: Schemas["GetApiAdminWebhooksWebhookIdDeliveriesTableParameterWebhookId"] } }; answer: Schemas["DeleteApiTokensTokenIdPositiveResponse"] };
  /** Access tokens of my areas’ people · admin:read */
  "GET /admin/tokens": { input: { query?: { state?: Schemas["GetApiAdminTokensTableParameterState"]; after?: Schemas["GetApiAdminLinksParameterAfter"] } }; answer: Schemas["GetApiAdminTokensPositiveResponse"] };
  /** Revoke somebody’s access token */
  "POST /admin/tokens/{tokenId}/revoke": { input: { path: { tokenId: Schemas["GetApiAdminWebhooksWebhookIdDeliveriesTableParameterWebhookId"] }; body: Schemas["PostApiAdminTokensTokenIdRevokeRequestBody"] }; answer: Schemas["PostApiAdminTokensTokenIdRevokePositiveResponse"] };
  /** Webhooks of my areas · admin:read */
  "GET /admin/webhooks": { input: {}; answer: Schemas["GetApiAdminWebhooksPositiveResponse"] };
  /** Add a webhook */
  "POST /admin/webhooks": { input: { body: Schemas["PostApiAdminWebhooksRequestBody"] }; answer: Schemas["PostApiAdminWebhooksPositiveResponse"] };
  /** Change a webhook */
  "PUT /admin/webhooks/{webhookId}": { input: { path: { webhookId: Schemas["GetApiAdminWebhooksWebhookIdDeliveriesTableParameterWebhookId"] }; body: Schemas["PutApiAdminWebhooksWebhookIdRequestBody"] }; answer: Schemas["PutApiAdminWebhooksWebhookIdPositiveResponse"] };
  /** Remove a webhook */
  "DELETE /admin/webhooks/{webhookId}": { input: { path: { webhookId: Schemas["GetApiAdminWebhooksWebhookIdDeliveriesTableParameterWebhookId"] } }; answer: Schemas["DeleteApiAdminWebhooksWebhookIdPositiveResponse"] };
  /** Switch a webhook on or off */
  "POST /admin/webhooks/{webhookId}/switch": { input: { path: { webhookId: Schemas["GetApiAdminWebhooksWebhookIdDeliveriesTableParameterWebhookId"] }; body: Schemas["PostApiAdminWebhooksWebhookIdSwitchRequestBody"] }; answer: Schemas["PutApiAdminWebhooksWebhookIdPositiveResponse"] };
  /** Make a new secret; the old one signs beside it for a day */
  "POST /admin/webhooks/{webhookId}/secret": { input: { path: { webhookId: Schemas["GetApiAdminWebhooksWebhookIdDeliveriesTableParameterWebhookId"] }; body?: Schemas["PostApiMeAccountsAccountIdLeaveRequestBody"] }; answer: Schemas["PostApiAdminWebhooksPositiveResponse"] };
  /** Send a test message */
  "POST /admin/webhooks/{webhookId}/test": { input: { path: { webhookId: Schemas["GetApiAdminWebhooksWebhookIdDeliveriesTableParameterWebhookId"] }; body?: Schemas["PostApiMeAccountsAccountIdLeaveRequestBody"] }; answer: Schemas["PutApiAdminWebhooksWebhookIdPositiveResponse"] };
  /** Send again what happened between two places of the ledger */
  "POST /admin/webhooks/{webhookId}/replay": { input: { path: { webhookId: Schemas["GetApiAdminWebhooksWebhookIdDeliveriesTableParameterWebhookId"] }; body: Schemas["PostApiAdminWebhooksWebhookIdReplayRequestBody"] }; answer: Schemas["PostApiAdminWebhooksWebhookIdReplayPositiveResponse"] };
  /** What was sent to a webhook, newest first · admin:read */
  "GET /admin/webhooks/{webhookId}/deliveries": { input: { path: { webhookId: Schemas["GetApiAdminWebhooksWebhookIdDeliveriesTableParameterWebhookId"] }; query?: { state?: Schemas["GetApiAdminWebhooksWebhookIdDeliveriesTableParameterState"]; after?: Schemas["GetApiAdminLinksParameterAfter"] } }; answer: Schemas["GetApiAdminWebhooksWebhookIdDeliveriesPositiveResponse"] };
  /** One message: its body, and every try with its answer · admin:read */
  "GET /admin/webhooks/{webhookId}/deliveries/{deliveryId}": { input: { path: { webhookId: Schemas["GetApiAdminWebhooksWebhookIdDeliveriesTableParameterWebhookId"]; deliveryId: Schemas["GetApiAdminWebhooksWebhookIdDeliveriesTableParameterWebhookId"] } }; answer: Schemas["GetApiAdminWebhooksWebhookIdDeliveriesDeliveryIdPositiveResponse"] };
  /** Send one message again, with the same id and body */
  "POST /admin/webhooks/{webhookId}/deliveries/{deliveryId}/resend": { input: { path: { webhookId: Schemas["GetApiAdminWebhooksWebhookIdDeliveriesTableParameterWebhookId"]; deliveryId: Schemas["GetApiAdminWebhooksWebhookIdDeliveriesTableParameterWebhookId"] }; body?: Schemas["PostApiMeAccountsAccountIdLeaveRequestBody"] }; answer: Schemas["PostApiAdminWebhooksWebhookIdDeliveriesDeliveryIdResendPositiveResponse"] };
  /** What was sent to whom, and what became of it · admin:read */
  "GET /deliveries": { input: { query?: { state?: Schemas["GetApiDeliveriesParameterState"]; channel?: Schemas["GetApiDeliveriesParameterChannel"]; notice?: Schemas["GetApiDeliveriesParameterNotice"]; period?: Schemas["GetApiDeliveriesParameterPeriod"]; from?: Schemas["GetApiDeliveriesParameterFrom"]; to?: Schemas["GetApiDeliveriesParameterTo"]; unit?: Schemas["GetApiUnitsParameterCaseId"]; person?: Schemas["GetApiUnitsParameterCaseId"]; case?: Schemas["GetApiUnitsParameterCaseId"]; q?: Schemas["GetApiDeliveriesParameterQ"]; after?: Schemas["GetApiAdminLinksParameterAfter"] } }; answer: Schemas["GetApiDeliveriesPositiveResponse"] };
  /** Cases that stand still and would not move by themselves · admin:read */
  "GET /admin/stuck": { input: { query?: { after?: Schemas["GetApiAdminLinksParameterAfter"] } }; answer: Schemas["GetApiAdminStuckPositiveResponse"] };
  /** What waits for an administrator · admin:read */
  "GET /admin/attention": { input: {}; answer: Schemas["GetApiAdminAttentionPositiveResponse"] };
  /** Look at everything open now, in the background */
  "POST /admin/stuck/check": { input: { body?: Schemas["PostApiMeAccountsCodeRequestBody"] }; answer: Schemas["GetApiAdminStuckPositiveResponse"] };
  /** Put right what can be */
  "POST /admin/stuck/repair": { input: { body?: Schemas["PostApiAdminStuckRepairRequestBody"] }; answer: Schemas["PostApiAdminStuckRepairPositiveResponse"] };
  /** Who did what about whom · admin:read */
  "GET /audit": { input: { query?: { group?: Schemas["GetApiAuditParameterGroup"]; kind?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; person?: Schemas["GetApiAuditParameterPerson"]; subject?: Schemas["GetApiAuditParameterSubject"]; period?: Schemas["GetApiDeliveriesParameterPeriod"]; from?: Schemas["GetApiDeliveriesParameterFrom"]; to?: Schemas["GetApiDeliveriesParameterTo"]; after?: Schemas["GetApiAdminLinksParameterAfter"] } }; answer: Schemas["GetApiAuditPositiveResponse"] };
  /** The audit log as an Excel workbook · admin:read */
  "GET /audit/table": { input: { query?: { group?: Schemas["GetApiAuditParameterGroup"]; kind?: Schemas["GetApiAdminContactsRunsRunIdTableParameterRunId"]; person?: Schemas["GetApiAuditParameterPerson"]; subject?: Schemas["GetApiAuditParameterSubject"]; period?: Schemas["GetApiDeliveriesParameterPeriod"]; from?: Schemas["GetApiDeliveriesParameterFrom"]; to?: Schemas["GetApiDeliveriesParameterTo"] } }; answer: Uint8Array };
  /** The last check of the ledger · admin:read */
  "GET /audit/verification": { input: {}; answer: Schemas["GetApiAuditVerificationPositiveResponse"] };
  /** Check the whole ledger now, in the background */
  "POST /audit/verification": { input: { body?: Schemas["PostApiMeAccountsCodeRequestBody"] }; answer: Schemas["GetApiAuditVerificationPositiveResponse"] };
  /** The delivery log as an Excel workbook · admin:read */
  "GET /deliveries/table": { input: { query?: { state?: Schemas["GetApiDeliveriesParameterState"]; channel?: Schemas["GetApiDeliveriesParameterChannel"]; notice?: Schemas["GetApiDeliveriesParameterNotice"]; period?: Schemas["GetApiDeliveriesParameterPeriod"]; from?: Schemas["GetApiDeliveriesParameterFrom"]; to?: Schemas["GetApiDeliveriesParameterTo"]; unit?: Schemas["GetApiUnitsParameterCaseId"]; person?: Schemas["GetApiUnitsParameterCaseId"]; case?: Schemas["GetApiUnitsParameterCaseId"]; q?: Schemas["GetApiDeliveriesParameterQ"] } }; answer: Uint8Array };
  /** What stands still, and each channel’s last 24 hours · admin:read */
  "GET /deliveries/summary": { input: {}; answer: Schemas["GetApiDeliveriesSummaryPositiveResponse"] };
  /** Send dead letters again */
  "POST /deliveries/resend": { input: { body?: Schemas["PostApiDeliveriesResendRequestBody"] }; answer: Schemas["PostApiDeliveriesResendPositiveResponse"] };
  /** One delivery, with every attempt · admin:read */
  "GET /deliveries/{deliveryId}": { input: { path: { deliveryId: Schemas["GetApiAdminWebhooksWebhookIdDeliveriesTableParameterWebhookId"] } }; answer: Schemas["GetApiDeliveriesDeliveryIdPositiveResponse"] };
  /** Tell whoever can act now, or the unit’s head, instead */
  "POST /deliveries/{deliveryId}/redirect": { input: { path: { deliveryId: Schemas["GetApiAdminWebhooksWebhookIdDeliveriesTableParameterWebhookId"] }; body: Schemas["PostApiDeliveriesDeliveryIdRedirectRequestBody"] }; answer: Schemas["GetApiDeliveriesDeliveryIdPositiveResponse"] };
  /** Record a telephone call that took the notice’s place */
  "POST /deliveries/{deliveryId}/call": { input: { path: { deliveryId: Schemas["GetApiAdminWebhooksWebhookIdDeliveriesTableParameterWebhookId"] }; body: Schemas["PostApiDeliveriesDeliveryIdCallRequestBody"] }; answer: Schemas["GetApiDeliveriesDeliveryIdPositiveResponse"] };
  /** My drafts · cases:file */
  "GET /drafts": { input: {}; answer: Schemas["GetApiDraftsPositiveResponse"] };
  /** One draft of mine · cases:file */
  "GET /drafts/{caseId}": { input: { path: { caseId: Schemas["GetApiDraftsCaseIdParameterCaseId"] } }; answer: Schemas["GetApiDraftsCaseIdPositiveResponse"] };
  /** Keep a draft · cases:file */
  "PUT /drafts/{caseId}": { input: { path: { caseId: Schemas["GetApiDraftsCaseIdParameterCaseId"] }; body: Schemas["PutApiDraftsCaseIdRequestBody"] }; answer: Schemas["GetApiDraftsCaseIdPositiveResponse"] };
  /** Throw a draft away · cases:file */
  "DELETE /drafts/{caseId}": { input: { path: { caseId: Schemas["GetApiDraftsCaseIdParameterCaseId"] } }; answer: Schemas["DeleteApiDraftsCaseIdPositiveResponse"] };
  /** Announce a file · cases:file | cases:write */
  "POST /files": { input: { body: { id: string; name: string; bytes: number; type: string } }; answer: { id: string; offset: number; state: "pending" | "processing" | "ready" | "refused"; problem?: string } };
  /** Append a chunk · cases:file | cases:write */
  "PATCH /files/{fileId}": { input: { path: { fileId: string }; body: Uint8Array }; answer: { id: string; offset: number; state: "pending" | "processing" | "ready" | "refused"; problem?: string } };
  /** Download a file · cases:read | cases:file */
  "GET /files/{fileId}": { input: { path: { fileId: string } }; answer: Uint8Array };
  /** How far an upload has come · cases:read | cases:file */
  "GET /files/{fileId}/status": { input: { path: { fileId: string } }; answer: { id: string; offset: number; state: "pending" | "processing" | "ready" | "refused"; problem?: string } };
  /** Thumbnail of an image · cases:read | cases:file */
  "GET /files/{fileId}/thumb": { input: { path: { fileId: string } }; answer: Uint8Array };
  /** A template to fill in · admin:read */
  "GET /admin/imports/{template}": { input: { path: { template: "template.xlsx" | "units.csv" | "people.csv" } }; answer: Uint8Array };
  /** What a spreadsheet of units, people and roles would do */
  "POST /admin/imports/check": { input: { body: Uint8Array }; answer: { summary: string; errors: (Record<string, unknown>)[]; rows: (Record<string, unknown>)[]; changing: number; same: number; plan: string; applied: boolean } };
  /** Write a spreadsheet as it was shown */
  "POST /admin/imports/apply": { input: { query: { plan: string }; body: Uint8Array }; answer: { summary: string; errors: (Record<string, unknown>)[]; rows: (Record<string, unknown>)[]; changing: number; same: number; plan: string; applied: boolean } };
}
