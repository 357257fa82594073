using System.Reflection;
using Xunit.Sdk;

namespace Lucitra.Tests.Support;

/// <summary>Runs a theory on SQLite and on PostgreSQL; with values, once for each value on each.</summary>
internal sealed class BothDatabasesAttribute(params object[] values) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
    {
        foreach (var database in new[] { TestDatabase.Sqlite, TestDatabase.Postgres })
        {
            foreach (var value in values.DefaultIfEmpty())
                yield return value is null ? [database] : [database, value];
        }
    }
}
