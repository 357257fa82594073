using System.Linq.Expressions;
using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Resolvers;
using GraphQL.Types;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Access;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Contacts;

/// <summary>Reads contacts by what only contacts have.</summary>
internal sealed class ContactQueries(Batches batches, IDbContextFactory<LucitraDbContext> contexts)
{
    public void Extend(ObjectGraphType query) => query.AddField(new FieldType
    {
        Name = "contactByEmail",
        Description = "The live contact with this e-mail address, in upper or lower case; the oldest, should several have it for a moment; null when there is none.",
        Type = typeof(EntityType<Contact>),
        Arguments = new QueryArguments(new QueryArgument<NonNullGraphType<StringGraphType>> { Name = "email", Description = "The e-mail address." }),
        Resolver = new FuncFieldResolver<IDataLoaderResult>(ByEmail),
    }.Access(Scopes.ContactsRead | Scopes.ContactsReadPersonal));

    private IDataLoaderResult ByEmail(IResolveFieldContext context) => batches
        .Of<Contact, Contact?>(context, () =>
        {
            var members = context.Entity<Contact>()
                .MembersOf(context.FieldAst.SelectionSet.Fields(context).Names())
                .Append(typeof(Contact).GetProperty(nameof(Contact.Email))!)
                .ToHashSet();
            var x = Expression.Parameter(typeof(Contact), "x");
            var projection = Expression.Lambda<Func<Contact, Contact>>(Projection.New(x, members), x);
            return new((emails, token) => ReadAsync(emails, projection, token), null);
        })
        .Load(ContactEmail.Lower(context.GetArgument<string>("email")), context.CancellationToken);

    private async Task<IReadOnlyDictionary<object, Contact?>> ReadAsync(
        IEnumerable<object> emails, Expression<Func<Contact, Contact>> projection, CancellationToken cancellationToken)
    {
        // PostgreSQL refuses even to compare with U+0000.
        var storable = emails.Cast<string>().Where(email => !email.Contains('\0', StringComparison.Ordinal)).ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await ContactEmail.Live(db, storable).AsNoTracking().OrderBy(contact => contact.Id).Select(projection).ToListAsync(cancellationToken);
        return found
            .DistinctBy(contact => ContactEmail.Lower(contact.Email!))
            .ToDictionary(contact => (object)ContactEmail.Lower(contact.Email!), contact => (Contact?)contact);
    }
}
