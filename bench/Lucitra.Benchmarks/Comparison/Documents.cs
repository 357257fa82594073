namespace Lucitra.Benchmarks.Comparison;

/// <summary>The documents of the cases.</summary>
internal static class Documents
{
    public const string ContactById = """
        query ContactById($id: ID!) {
          contactById(id: $id) { id email firstName lastName company lifecycleStage createdAt }
        }
        """;

    public const string FilteredPage = """
        query FilteredPage($stage: String!, $since: DateTime!) {
          contacts(first: 20, where: { lifecycleStage: { eq: $stage }, createdAt: { gte: $since } }, order: [{ createdAt: DESC }]) {
            nodes { id email lifecycleStage createdAt }
            pageInfo { hasNextPage endCursor }
          }
        }
        """;

    public const string NestedPage = """
        query NestedPage($since: DateTime!) {
          contacts(first: 50, where: { createdAt: { gte: $since } }, order: [{ createdAt: DESC }]) {
            nodes { id email firstName lastName deals { nodes { id name amount stage { label } } } }
            pageInfo { hasNextPage endCursor }
          }
        }
        """;

    public const string TotalCount = """
        query TotalCount($stage: String!) { contacts(where: { lifecycleStage: { eq: $stage } }) { totalCount } }
        """;

    public const string Page = """
        query Page($after: String) {
          contacts(first: 20, after: $after, order: [{ createdAt: DESC }]) {
            nodes { id email createdAt }
            pageInfo { hasNextPage endCursor }
          }
        }
        """;

    public const string DealsByStage = """
        query DealsByStage { dealsAggregate(groupBy: [{ field: STAGE_ID }]) { groups { key { stageId } sum { amount } } } }
        """;

    public const string List = """
        query ListContacts($stage: String!) {
          contacts(first: 20, where: { lifecycleStage: { eq: $stage } }, order: [{ createdAt: DESC }]) {
            nodes {
              id hubSpotId email firstName lastName phone company jobTitle lifecycleStage leadStatus ownerId
              createdAt updatedAt archivedAt version
            }
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
          }
        }
        """;

    public const string Dashboard = """
        query Dashboard {
          analytics {
            dashboard(timeZone: "Europe/Lisbon") {
              contacts { total { current previous } new { current previous } }
              deals {
                won { current previous } wonValue { currency current previous } winRate { current } byStage { stageLabel deals }
              }
            }
          }
        }
        """;

    public const string CreateContact = """
        mutation CreateContact($email: String!) {
          createContact(input: { email: $email, firstName: "Ada", lifecycleStage: "lead" }) {
            contact { firstName lifecycleStage version }
            errors { __typename }
          }
        }
        """;

    /// <summary>The same for PostGraphile.</summary>
    public static class PostGraphile
    {
        public const string ContactById = """
            query ContactById($id: UUID!) {
              contactById: contact(rowId: $id) { id: rowId email firstName lastName company lifecycleStage createdAt }
            }
            """;

        public const string FilteredPage = """
            query FilteredPage($stage: String!, $since: Datetime!) {
              contacts(
                first: 20
                filter: { lifecycleStage: { equalTo: $stage }, createdAt: { greaterThanOrEqualTo: $since }, archivedAt: { isNull: true } }
                orderBy: [CREATED_AT_DESC, ROW_ID_ASC]
              ) {
                nodes { id: rowId email lifecycleStage createdAt }
                pageInfo { hasNextPage endCursor }
              }
            }
            """;

        public const string NestedPage = """
            query NestedPage($since: Datetime!) {
              contacts(
                first: 50
                filter: { createdAt: { greaterThanOrEqualTo: $since }, archivedAt: { isNull: true } }
                orderBy: [CREATED_AT_DESC, ROW_ID_ASC]
              ) {
                nodes {
                  id: rowId email firstName lastName
                  deals: dealContacts(first: 10, orderBy: [DEAL_ID_ASC]) { nodes { deal { id: rowId name amount stage { label } } } }
                }
                pageInfo { hasNextPage endCursor }
              }
            }
            """;

        public const string TotalCount = """
            query TotalCount($stage: String!) {
              contacts(filter: { lifecycleStage: { equalTo: $stage }, archivedAt: { isNull: true } }) { totalCount }
            }
            """;

        public const string Page = """
            query Page($after: Cursor) {
              contacts(first: 20, after: $after, filter: { archivedAt: { isNull: true } }, orderBy: [CREATED_AT_DESC, ROW_ID_ASC]) {
                nodes { id: rowId email createdAt }
                pageInfo { hasNextPage endCursor }
              }
            }
            """;

        /// <summary>The cursor of the row after as many.</summary>
        public const string CursorAt = """
            query CursorAt($offset: Int!) {
              contacts(first: 1, offset: $offset, filter: { archivedAt: { isNull: true } }, orderBy: [CREATED_AT_DESC, ROW_ID_ASC]) {
                pageInfo { endCursor }
              }
            }
            """;

        public const string DealsByStage = """
            query DealsByStage {
              dealsAggregate: deals(filter: { archivedAt: { isNull: true } }) {
                groups: groupedAggregates(groupBy: STAGE_ID) { key: keys sum { amount } }
              }
            }
            """;

        public const string List = """
            query ListContacts($stage: String!) {
              contacts(
                first: 20
                filter: { lifecycleStage: { equalTo: $stage }, archivedAt: { isNull: true } }
                orderBy: [CREATED_AT_DESC, ROW_ID_ASC]
              ) {
                nodes {
                  id: rowId hubspotId email firstName lastName phone company jobTitle lifecycleStage leadStatus ownerId
                  createdAt updatedAt archivedAt version
                }
                pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
              }
            }
            """;

        /// <summary>It has no errors to give, which its null stands for.</summary>
        public const string CreateContact = """
            mutation CreateContact($email: String!) {
              createContact(input: { contact: {
                email: $email, firstName: "Ada", lifecycleStage: "lead", version: 1, properties: {}, stamps: {},
                createdAt: "2026-11-01T00:00:00Z", updatedAt: "2026-11-01T00:00:00Z"
              } }) {
                contact { firstName lifecycleStage version }
                errors: clientMutationId
              }
            }
            """;
    }
}
