using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Paddock.Store.Tests;

/// <summary>A database that the conformance suite runs on.</summary>
public enum Engine
{
    Sqlite,
    Postgres,
}

/// <summary>Runs a test on each database: the promise is the same, so is the test.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachEngineAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Enum.GetValues<Engine>().Select(e => new TheoryDataRow<Engine>(e))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
