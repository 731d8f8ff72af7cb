using System.Collections.Immutable;
using Paddock.Core.Runbooks;

namespace Paddock.Core.Releases;

/// <summary>The runbooks of <c>examples/runbooks</c>, and reading one back that a run has kept.</summary>
public static class ShippedRunbooks
{
    private static readonly Lazy<ImmutableArray<Runbook>> shipped = new(static () => ReleaseLoader.Shipped("runbooks/").Runbooks);

    public static ImmutableArray<Runbook> All => shipped.Value;

    /// <summary>All that hold: a release's own, and of the shipped ones those that it does not replace.</summary>
    public static ImmutableArray<Runbook> InForce(IReadOnlyCollection<Runbook> own) => [.. own, .. All.Where(one => own.All(other => other.Name != one.Name))];

    /// <summary>A runbook by the text that it was kept as.</summary>
    /// <exception cref="FormatException">This version does not read it.</exception>
    public static Runbook Read(string source)
    {
        var faults = new FaultList();
        var place = new DocumentPlace("runbook", faults, []);
        var root = new DocumentTreeReader("runbook", faults).Read(source).OfType<MappingNode>().FirstOrDefault() ?? throw new FormatException("A kept runbook is no document.");
        var fields = new Fields(place, root, "");
        var metadata = fields.Object("metadata", required: true);
        var head = new DocumentHead(DocumentKinds.Runbook, metadata?.Text("name", required: true) ?? "", metadata?.Text("owner", required: true) ?? "", "runbook", root.Line);
        return fields.Object("spec", required: true) is { } spec && RunbookSpec.Read(head, spec) is { } runbook && faults.IsEmpty
            ? runbook
            : throw new FormatException($"A kept runbook is not one of this version: {(faults.IsEmpty ? "its spec is missing" : faults.Sorted().First().ToString())}");
    }
}
