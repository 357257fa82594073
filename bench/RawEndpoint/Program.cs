using Npgsql;
using RawEndpoint;

// The least code that answers what Lucitra answers: a statement written by hand for each document, and JSON written
// from its rows into the response. It knows no GraphQL, no callers, no limits, and logs nothing.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
await using var database = NpgsqlDataSource.Create(builder.Configuration.GetConnectionString("Raw")
    ?? throw new InvalidOperationException("ConnectionStrings:Raw is not set."));
var app = builder.Build();

var contacts = new ContactReads(database);
app.MapPost("/contact-by-id", contacts.ByIdAsync);
app.MapPost("/filtered-page", contacts.FilteredPageAsync);
app.MapPost("/page", contacts.PageAsync);
app.MapPost("/list", contacts.ListAsync);
app.MapPost("/nested-page", new NestedPage(database).AnswerAsync);

var figures = new Figures(database);
app.MapPost("/total-count", figures.TotalCountAsync);
app.MapPost("/aggregate", figures.DealsByStageAsync);
app.MapPost("/nothing", figures.NothingAsync);

app.MapPost("/webhook", new Inbox(database).KeepAsync);
app.MapPost("/create-contact", new ContactWrite(database).CreateAsync);

await app.RunAsync();
