using GraphQL;
using GraphQL.Types;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Access;
using Lucitra.Graph.Schema.Documents;
using Lucitra.Graph.Schema.Mutations;

namespace Lucitra.Graph.Auth.SignIn;

/// <summary>What signing in and out adds to the schema.</summary>
internal sealed class SignInFields(SignIns signIns, Sessions sessions, SignOuts signOuts, OwnAccount account, IHttpContextAccessor http) : ISchemaModule
{
    public void Extend(ObjectGraphType query, ObjectGraphType mutation, ObjectGraphType subscription)
    {
        query.Field<NonNullGraphType<MeType>>("me").Description("Who calls.").Access(AccessRule.SignedIn)
            .ResolveAsync(async context => await account.MeAsync(Caller.Of(context.User)!, context.CancellationToken));
        mutation.Mutation<LoginInput, AccessGrant>(
            "login", "Signs in with an e-mail address and a password. After some failures, as one account or from one address, none is looked at for a while.",
            AccessRule.Open, [typeof(InvalidCredentialsError), typeof(SignInLockedError), typeof(LocalSignInDisabledError)], LoginAsync, item: typeof(AccessGrantType));
        mutation.Mutation<RefreshTokenInput, AccessGrant>(
            "refreshToken", "Gives new tokens for a refresh token, which is good once: should it come again later, its session ends.",
            AccessRule.Open, [typeof(InvalidRefreshTokenError)], RenewAsync, item: typeof(AccessGrantType));
        mutation.Mutation<LogoutInput, SignedOut>(
            "logout", "Ends a session: its access and refresh tokens are good no more.", AccessRule.Open, [], LogoutAsync, item: typeof(SignedOutType));
        mutation.Mutation<LogoutEverywhereInput, SignedOut>(
            "logoutEverywhere", "Ends all sessions of the user who calls.", AccessRule.SignedIn, [typeof(NotSignedInHereError)],
            (context, input) => signOuts.EverywhereAsync(Caller.Of(context.User)!, input.KeepThis.Value is true, context.CancellationToken), item: typeof(SignedOutType));
        mutation.Mutation<ChangePasswordInput, SignedOut>(
            "changePassword", "Gives the user who calls another password, and ends the other sessions.", AccessRule.SignedIn,
            [typeof(NotSignedInHereError), typeof(InvalidCredentialsError), typeof(SignInLockedError), typeof(ValidationFailedError)],
            (context, input) => account.ChangePasswordAsync(Caller.Of(context.User)!, input, Address, context.CancellationToken), item: typeof(SignedOutType));
    }

    private string Address => http.HttpContext is { } context ? CallerGate.AddressOf(context) : "";

    private async Task<Outcome<AccessGrant>> LoginAsync(IResolveFieldContext context, LoginInput input)
    {
        var outcome = await signIns.SignInAsync(input.Email, input.Password, Address, context.CancellationToken);
        return input.Cookies.Value is true ? InCookies(outcome) : outcome;
    }

    private async Task<Outcome<AccessGrant>> RenewAsync(IResolveFieldContext context, RefreshTokenInput input)
    {
        var (token, isCookie) = TokenOf(input.RefreshToken);
        if (token is null)
            return new InvalidRefreshTokenError();
        var outcome = await sessions.RenewAsync(token, context.CancellationToken);
        return isCookie ? InCookies(outcome) : outcome;
    }

    private async Task<Outcome<SignedOut>> LogoutAsync(IResolveFieldContext context, LogoutInput input)
    {
        var (token, _) = TokenOf(input.RefreshToken);
        var ended = await signOuts.OneAsync(Caller.Of(context.User), token, context.CancellationToken);
        if (http.HttpContext is { } current)
            SessionCookies.Clear(current);
        return ended;
    }

    private (string? Token, bool IsCookie) TokenOf(Optional<string> given)
    {
        if (!string.IsNullOrEmpty(given.Value) || http.HttpContext?.Request is not { } request || SessionCookies.RefreshOf(request) is not { } cookie)
            return (given.Value, false);
        return SessionCookies.MayCount(request)
            ? (cookie, true)
            : throw new CodedError(ErrorCodes.NotAuthenticated, $"Send the header `{SessionCookies.Header}: 1` along with the cookie.");
    }

    private Outcome<AccessGrant> InCookies(Outcome<AccessGrant> outcome)
    {
        if (outcome.Value is not { } grant)
            return outcome;
        SessionCookies.Set(http.HttpContext ?? throw new InvalidOperationException("There is no request to answer with cookies."), grant);
        return grant with { InCookies = true };
    }
}
