namespace Lucitra.Graph.Schema.Mutations;

/// <summary>What the input of every mutation has.</summary>
internal abstract record MutationInput
{
    /// <summary>
    /// Makes the mutation safe to repeat: sent again with the same value and the same input within 24 hours, it changes nothing and
    /// gives the first answer. At most 255 characters. The header `Idempotency-Key` does the same for a whole request.
    /// </summary>
    public string? ClientMutationId { get; set; }

    /// <summary>The place of the input in a batch; null outside one.</summary>
    internal int? Place { get; set; }
}
