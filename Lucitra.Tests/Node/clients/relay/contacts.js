// What an application holds in its components; relay-compiler reads it and writes an artifact for each.
const { graphql } = require('relay-runtime');

graphql`
  fragment contacts_list on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 3 }, cursor: { type: "String" })
  @refetchable(queryName: "contactsNextPageQuery") {
    contacts(first: $count, after: $cursor, order: [{ company: ASC }]) @connection(key: "contacts_contacts", filters: []) {
      totalCount
      edges {
        node {
          ...contacts_row @relay(mask: false)
          ...contacts_deals
        }
      }
    }
  }
`;

graphql`
  fragment contacts_row on Contact {
    id
    email
    firstName
    version
  }
`;

graphql`
  fragment contacts_deals on Contact {
    deals(first: 5) @connection(key: "contacts_deals") {
      edges {
        node {
          amount
          closeDate
        }
      }
    }
  }
`;

graphql`
  query contactsQuery {
    ...contacts_list
  }
`;

graphql`
  query contactsNodeQuery($id: ID!) {
    node(id: $id) {
      ... on Contact {
        email
      }
    }
  }
`;

graphql`
  mutation contactsCreateMutation($input: CreateContactInput!, $connections: [ID!]!) {
    createContact(input: $input) {
      contact @appendNode(connections: $connections, edgeTypeName: "ContactsEdge") {
        ...contacts_row @relay(mask: false)
      }
      errors {
        __typename
        ... on Error {
          message
        }
      }
    }
  }
`;

graphql`
  mutation contactsArchiveMutation($input: ArchiveContactInput!, $connections: [ID!]!) {
    archiveContact(input: $input) {
      contact {
        id @deleteEdge(connections: $connections)
      }
    }
  }
`;

graphql`
  subscription contactsChangedSubscription {
    onContactChanged {
      ...contacts_row @relay(mask: false)
    }
  }
`;
