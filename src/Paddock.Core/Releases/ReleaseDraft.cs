using Paddock.Core.Alerts;
using Paddock.Core.Approvals;
using Paddock.Core.Audit.Payloads;
using Paddock.Core.Budgets;
using Paddock.Core.Models;
using Paddock.Core.Modes;
using Paddock.Core.Policies;
using Paddock.Core.Runbooks;
using Paddock.Core.Snapshot;

namespace Paddock.Core.Releases;

/// <summary>A release while it is read.</summary>
internal sealed class ReleaseDraft
{
    /// <summary>Whether these are the documents that are part of Paddock.</summary>
    public bool IsShipped { get; init; }

    public FaultList Faults { get; } = new();

    public List<SourceFile> Files { get; } = [];

    public HashSet<string> Paths { get; } = new(StringComparer.Ordinal);

    public List<DocumentHead> Documents { get; } = [];

    public List<DocumentReference> References { get; } = [];

    public List<Provider> Providers { get; } = [];

    public List<ModelRoute> Routes { get; } = [];

    public List<Model> Models { get; } = [];

    public List<Budget> Budgets { get; } = [];

    public List<ApprovalChain> Chains { get; } = [];

    public List<Policy> Policies { get; } = [];

    public List<PolicyBinding> Bindings { get; } = [];

    public List<Mode> Modes { get; } = [];

    public List<TeamProfile> Profiles { get; } = [];

    public List<Slo> Slos { get; } = [];

    public List<AlertRule> AlertRules { get; } = [];

    public List<Runbook> Runbooks { get; } = [];

    public RetentionRules Retention { get; set; } = RetentionRules.None;

    public ReleaseDefaults Defaults { get; set; } = new();

    /// <summary>Notes a document, unless another of its kind has the name. Names that only differ in case would be mistaken for each other; only a model's name is not ours to judge.</summary>
    public void Add(DocumentHead head)
    {
        var comparison = head.Kind is DocumentKinds.Model or DocumentKinds.ModelRoute ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        if (Documents.Find(other => other.Kind == head.Kind && string.Equals(other.Name, head.Name, comparison)) is { } other)
        {
            Faults.Add(head.File, head.Line, "metadata.name", $"There is {DocumentKinds.WithArticle(head.Kind)} of this name already, in {other.File} on line {other.Line}.");
            return;
        }

        if (head.Kind is DocumentKinds.Release or DocumentKinds.RetentionPolicy && Documents.Find(other => other.Kind == head.Kind) is { } first)
        {
            Faults.Add(head.File, head.Line, "kind", $"A release has at most one {head.Kind} document; the other is in {first.File} on line {first.Line}.");
        }

        Documents.Add(head);
    }

    /// <summary>Reports every name of a document that does not exist.</summary>
    public void CheckReferences()
    {
        foreach (var reference in References)
        {
            var names = Documents.Where(head => head.Kind == reference.Kind || (reference.Kind is DocumentKinds.ModelOrRoute && head.Kind is DocumentKinds.Model or DocumentKinds.ModelRoute)).Select(head => head.Name).ToList();
            if (names.Contains(reference.Name, StringComparer.Ordinal))
            {
                continue;
            }

            names.AddRange(ShippedAlerts.Names(reference.Kind));
            if (!names.Contains(reference.Name, StringComparer.Ordinal))
            {
                var known = names.Count == 0 ? $"this release has no {reference.Kind}" : $"there are {string.Join(", ", names.Order(StringComparer.Ordinal).Take(10))}";
                Faults.Add(reference.File, reference.Line, reference.Key, $"There is no {reference.Kind} {SecretText.Show(reference.Name)}; {known}.", Suggestion.For(reference.Name, names));
            }
        }
    }
}
