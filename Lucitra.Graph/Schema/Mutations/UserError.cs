namespace Lucitra.Graph.Schema.Mutations;

/// <summary>A rule of the business that the caller broke: data in the payload, not a GraphQL error.</summary>
/// <param name="Message">What is wrong, in words for the caller.</param>
internal abstract record UserError(string Message);

/// <summary>There is no such object.</summary>
/// <param name="TypeName">The type that was looked for.</param>
internal sealed record EntityNotFoundError(string TypeName) : UserError($"{TypeName} was not found.");

/// <summary>Fields of the input do not hold together, or hold what cannot be stored.</summary>
/// <param name="Issues">What is wrong with which field.</param>
internal sealed record ValidationFailedError(IReadOnlyList<FieldIssue> Issues) : UserError("Validation failed.");

/// <summary>What is wrong with one field of an input.</summary>
/// <param name="Field">The name of the field.</param>
/// <param name="Message">What is wrong with it.</param>
internal sealed record FieldIssue(string Field, string Message);

/// <summary>The object is not at the version the caller expected: somebody changed it meanwhile.</summary>
/// <param name="Expected">The version in the input.</param>
/// <param name="Actual">The version the object has.</param>
internal sealed record VersionConflictError(int Expected, int Actual) : UserError($"Version {Expected} was expected, but the object is at version {Actual}.");

/// <summary>The idempotency key was used before with another input.</summary>
internal sealed record IdempotencyKeyReusedError() : UserError("This idempotency key was used before with another input.");
