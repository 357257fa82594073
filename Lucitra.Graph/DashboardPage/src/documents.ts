/** Every GraphQL operation of the page. */

const figures = `
  at from to previousFrom previousTo timeZone bucket
  contacts {
    total { ...Count } new { ...Count }
    buckets { start new { ...Count } }
    byLifecycleStage { ...Group }
    bySource { ...Group }
    conversion { fromStage toStage reached { ...Count } converted { ...Count } rate { ...Measure } }
  }
  deals {
    open { ...Count } openValue { ...Value }
    created { ...Count } won { ...Count } lost { ...Count }
    winRate { ...Measure } wonValue { ...Value } averageSize { ...Value }
    medianDaysToClose { ...Measure } p90DaysToClose { ...Measure }
    buckets { start created { ...Count } won { ...Count } lost { ...Count } wonValue { ...Value } }
    byStage { pipelineId stageId pipelineLabel stageLabel probability deals forecast { ...Forecast } }
    byCloseMonth { period month deals forecast { ...Forecast } }
    atRisk { idleDays idle idleValue { currency amount } overdue overdueValue { currency amount } }
  }
  webhooks { ...Webhooks }`;

const webhookFragments = `
  fragment Count on CountFigure { current previous change }
  fragment Measure on MeasureFigure { current previous }
  fragment Webhooks on WebhookFigures {
    received { ...Count } applied { ...Count } superseded { ...Count } ignored { ...Count } dead { ...Count }
    medianLagSeconds { ...Measure } p95LagSeconds { ...Measure }
    waiting deadNow
  }`;

const fragments = `
  ${webhookFragments}
  fragment Value on MoneyFigure { currency current previous }
  fragment Forecast on ForecastMoney { currency value weighted }
  fragment Group on ContactGroup { value total { ...Count } new { ...Count } }`;

const parameters = '$from: LocalDate, $to: LocalDate, $timeZone: String, $pipelineId: String, $ownerId: String';
const args = 'from: $from, to: $to, timeZone: $timeZone, pipelineId: $pipelineId, ownerId: $ownerId';

export const dashboard = `query Dashboard(${parameters}) { analytics { dashboard(${args}) { ${figures} } } } ${fragments}`;

export const dashboardChanges = `subscription DashboardChanges(${parameters}) { onDashboardChanged(${args}) { ${figures} } } ${fragments}`;

export const webhookState = `
  query WebhookState($from: LocalDate, $to: LocalDate, $timeZone: String) {
    analytics { dashboard(from: $from, to: $to, timeZone: $timeZone) { webhooks { ...Webhooks } } }
  } ${webhookFragments}`;

export const me = 'query Me { me { name email scopes } }';

export const login = `
  mutation Login($input: LoginInput!) {
    login(input: $input) { accessGrant { expiresAt } errors { __typename ... on Error { message } ... on SignInLockedError { retryAfterSeconds } } }
  }`;

export const refresh = 'mutation Refresh { refreshToken(input: {}) { accessGrant { expiresAt } errors { __typename } } }';

export const logout = 'mutation Logout { logout(input: {}) { signedOut { sessions } } }';

export const pipelines = `
  query Pipelines($after: String) {
    pipelines(first: 100, after: $after, order: [{ displayOrder: ASC }]) { nodes { hubSpotId label } pageInfo { hasNextPage endCursor } }
  }`;

export const owners = `
  query Owners($after: String) {
    owners(first: 100, after: $after) { nodes { hubSpotId firstName lastName email } pageInfo { hasNextPage endCursor } }
  }`;

export const deadLetters = `
  query DeadLetters($first: Int!) {
    webhookEvents(first: $first, where: { status: { eq: DEAD } }, order: [{ receivedAt: DESC }]) {
      nodes { id subscriptionType objectId propertyName occurredAt receivedAt attempts reason }
      pageInfo { hasNextPage }
    }
  }`;

export const replay = `
  mutation Replay($where: WebhookEventFilterInput!) {
    replayWebhookEvents(input: { where: $where }) { count hasMore errors { __typename ... on Error { message } } }
  }`;

export const discard = `
  mutation Discard($where: WebhookEventFilterInput!, $reason: String!) {
    discardWebhookEvents(input: { where: $where, reason: $reason }) { count hasMore errors { __typename ... on Error { message } } }
  }`;
