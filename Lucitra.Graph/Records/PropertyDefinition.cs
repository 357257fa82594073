using Lucitra.Graph.Database;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lucitra.Graph.Records;

/// <summary>What is known of one HubSpot property of contacts or deals. A property without a definition is text.</summary>
internal sealed class PropertyDefinition
{
    public const int MaxNameLength = 200;

    /// <summary>Identifies the definition.</summary>
    public Guid Id { get; set; }

    /// <summary>Whose property it is.</summary>
    public RecordType ObjectType { get; set; }

    /// <summary>HubSpot's internal name of the property.</summary>
    public string Name { get; set; } = "";

    /// <summary>What its values are, which decides how they sort.</summary>
    public PropertyType Type { get; set; }

    /// <summary>What people call it; null when nobody said.</summary>
    public string? Label { get; set; }
}

/// <summary>A kind of record.</summary>
internal enum RecordType
{
    /// <summary>Contacts.</summary>
    Contact,

    /// <summary>Deals.</summary>
    Deal,
}

/// <summary>What the values of a property are.</summary>
internal enum PropertyType
{
    /// <summary>Text, sorted by code point.</summary>
    String,

    /// <summary>A number, sorted by size.</summary>
    Number,

    /// <summary>True or false; false sorts first.</summary>
    Boolean,

    /// <summary>A day, sorted as the instant at which it begins in UTC.</summary>
    Date,

    /// <summary>An instant.</summary>
    Datetime,

    /// <summary>One of a list of choices, or several with semicolons between; sorted as text.</summary>
    Enumeration,
}

internal sealed class PropertyDefinitionConfiguration : IEntityTypeConfiguration<PropertyDefinition>
{
    public void Configure(EntityTypeBuilder<PropertyDefinition> definition)
    {
        definition.Property(d => d.Id).ValueGeneratedNever();
        definition.Property(d => d.ObjectType).HasConversion<UpperSnakeConverter<RecordType>>().HasMaxLength(20);
        definition.Property(d => d.Name).HasMaxLength(PropertyDefinition.MaxNameLength);
        definition.Property(d => d.Type).HasConversion<UpperSnakeConverter<PropertyType>>().HasMaxLength(20);
        definition.Property(d => d.Label).HasMaxLength(PropertyColumn.MaxTextLength);
        definition.HasIndex(d => new { d.ObjectType, d.Name }).IsUnique();
    }
}

/// <summary>What clients see of a property's definition.</summary>
internal sealed class PropertyDefinitionType : IEntityDefinition<PropertyDefinition>
{
    public void Define(EntityType<PropertyDefinition> type)
    {
        type.Access(AccessRule.SignedIn);
        type.Identified(d => d.Id);
        type.Column(d => d.ObjectType);
        type.Column(d => d.Name);
        type.Column(d => d.Type);
        type.Column(d => d.Label);
    }
}
