using System.CommandLine;
using Lucitra.Graph.Audit;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Auth.Keys;
using Lucitra.Graph.Auth.Users;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema.Mutations;
using Lucitra.Graph.Startup;
using Lucitra.Webhooks;

namespace Lucitra.Graph.Commands;

/// <summary><c>create-user</c> and <c>create-api-key</c>: in the database itself. Servers may run meanwhile.</summary>
internal static class IdentityCommands
{
    private static string Actor => $"command:{Environment.UserName}";

    public static Command CreateUser()
    {
        var email = new Option<string>("--email") { Description = "The e-mail address to sign in with.", Required = true };
        var name = new Option<string?>("--name") { Description = "What people call the user." };
        var role = new Option<UserRole>("--role") { Description = "viewer, editor or admin. Default viewer.", DefaultValueFactory = _ => UserRole.Viewer };
        var fromInput = new Option<bool>("--password-stdin") { Description = "Reads the password from standard input, up to the end of the line. Left out: one is made and printed." };
        var command = new Command("create-user", "Makes a user who signs in with an e-mail address and a password.") { email, name, role, fromInput };
        command.SetAction((parsed, cancellationToken) => RunAsync(async services =>
        {
            var password = parsed.GetValue(fromInput) ? await Console.In.ReadLineAsync(cancellationToken) : null;
            var input = new CreateUserInput(parsed.GetValue(email)!, new(true, parsed.GetValue(name)), parsed.GetValue(role), new(password is not null, password));
            var made = ValueOf(await services.GetRequiredService<UserAdministration>().CreateAsync(new Administrator(Actor, Scopes.All), input, cancellationToken));
            Console.WriteLine($"Made the {UserRoles.NameOf(made.User.Role)} {made.User.Email}.");
            if (made.Password is not null)
                Console.WriteLine($"Password: {made.Password} (not shown again)");
        }, cancellationToken));
        return command;
    }

    public static Command CreateApiKey()
    {
        var name = new Option<string>("--name") { Description = "What people call the key, such as the program that it is for.", Required = true };
        var scopes = new Option<string[]>("--scopes")
        {
            Description = $"What it may do: {string.Join(", ", ScopeNames.All)}; several with commas between.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var days = new Option<int?>("--expires-in-days") { Description = "In how many days it ends. Left out: it does not by itself." };
        var command = new Command("create-api-key", "Makes an API key and prints it, once.") { name, scopes, days };
        command.SetAction((parsed, cancellationToken) => RunAsync(async services =>
        {
            var names = parsed.GetValue(scopes)!.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
            var expiresAt = parsed.GetValue(days) is { } given ? services.GetRequiredService<TimeProvider>().UtcNow().AddDays(given) : (DateTime?)null;
            var made = ValueOf(await services.GetRequiredService<ApiKeys>().CreateAsync(Actor, Scopes.All, parsed.GetValue(name)!, names, expiresAt, cancellationToken));
            Console.WriteLine(made.Text);
        }, cancellationToken));
        return command;
    }

    private static T ValueOf<T>(Outcome<T> outcome)
        where T : class =>
        outcome.Value ?? throw new InvalidSettingException(string.Join(" ", outcome.Errors!.Select(error => error is ValidationFailedError invalid
            ? string.Join(" ", invalid.Issues.Select(issue => $"{issue.Field} {issue.Message}."))
            : error.Message)));

    private static Task<int> RunAsync(Func<IServiceProvider, Task> work, CancellationToken cancellationToken) => Failures.ReportAsync(async () =>
    {
        var builder = ServerDefaults.CreateBuilder([]);
        builder.UseLucitraDefaults();
        builder.Logging.ClearProviders();
        builder.Services.AddDatabase(builder.Configuration, builder.Environment);
        builder.Services.AddAudit(builder.Configuration);
        builder.Services.AddAuth(builder.Configuration);
        await using var services = builder.Services.BuildServiceProvider();
        await services.RequireMigratedDatabaseAsync(cancellationToken);
        await work(services);
    });
}
