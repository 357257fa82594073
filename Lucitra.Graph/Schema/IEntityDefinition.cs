namespace Lucitra.Graph.Schema;

/// <summary>What clients see of an entity, said once by the slice that owns it.</summary>
internal interface IEntityDefinition<T>
    where T : class
{
    void Define(EntityType<T> type);
}
