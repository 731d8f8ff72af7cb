using System.Collections.Immutable;

namespace Paddock.Core.Releases;

/// <summary>
/// Reads a set of files as one release: all of it, or nothing with every reason why not. Reading the same files always gives the
/// same answer, so a release that was stored when it was good is good after a restart.
/// </summary>
public static class ReleaseLoader
{
    internal const string ApiVersion = "paddock/v1alpha1";
    private const int MostDocuments = 1_000;

    /// <param name="files">The release directory's <c>.yaml</c> files, or those a stored release was made of.</param>
    /// <param name="environment">The environment's providers (<see cref="StarterRelease"/>), taken in when the files hold no <c>Provider</c>. Leave it out for a stored release: it holds them already.</param>
    public static LoadOutcome Load(IReadOnlyList<SourceFile> files, IReadOnlyList<SourceFile>? environment = null)
    {
        var draft = Draft(files, environment);
        RuleTestChecks.Check(draft.Faults, draft.Policies);
        return draft.Faults.IsEmpty ? new LoadOutcome.Loaded(Content(draft)) : new LoadOutcome.Rejected([.. draft.Faults.Sorted()]);
    }

    /// <summary>Documents that are part of Paddock.</summary>
    /// <param name="directory">Below <c>examples</c>, such as <c>alerts/</c>.</param>
    internal static ReleaseContent Shipped(string directory)
    {
        var draft = new ReleaseDraft { IsShipped = true };
        Read(SourceFile.Embedded(directory), draft);
        Check(draft);
        return draft.Faults.IsEmpty ? Content(draft) : throw new InvalidOperationException($"The shipped {directory} are broken: {draft.Faults.Sorted().First()}");
    }

    /// <summary>Everything but the tests that stand in rules: what was read, and what is wrong with it.</summary>
    internal static ReleaseDraft Draft(IReadOnlyList<SourceFile> files, IReadOnlyList<SourceFile>? environment)
    {
        var draft = new ReleaseDraft();
        var hasProvider = Read(files, draft);
        if (!hasProvider && environment is not null)
        {
            Read(environment, draft);
        }

        Check(draft);
        return draft;
    }

    private static void Check(ReleaseDraft draft)
    {
        draft.CheckReferences();
        PolicyChecks.Check(draft);
        ModeChecks.Check(draft);
        AlertChecks.Check(draft);
        ShippedNames.Check(draft);
    }

    /// <returns>Whether a document says it is a provider, good or bad.</returns>
    private static bool Read(IReadOnlyList<SourceFile> files, ReleaseDraft draft)
    {
        var hasProvider = false;
        draft.Files.AddRange(files);
        foreach (var file in ReleaseManifest.Sorted(SourceRules.Check(files, draft)))
        {
            var place = new DocumentPlace(file.Path, draft.Faults, draft.References);
            foreach (var root in new DocumentTreeReader(file.Path, draft.Faults).Read(file.Text.StartsWith('\uFEFF') ? file.Text[1..] : file.Text))
            {
                hasProvider |= (root as MappingNode)?.Find("kind")?.Value is ScalarNode { Text: DocumentKinds.Provider };
                ReadDocument(root, place, draft);
            }
        }

        return hasProvider;
    }

    private static void ReadDocument(DocumentNode root, DocumentPlace place, ReleaseDraft draft)
    {
        if (root is ScalarNode { IsNull: true } or RefusedNode)
        {
            return; // between two '---' there may be nothing, or only comments
        }

        if (root is not MappingNode mapping)
        {
            place.Fault(root.Line, "", "Expected a document with apiVersion, kind, metadata and spec.");
            return;
        }

        if (draft.Documents.Count >= MostDocuments)
        {
            place.Fault(root.Line, "", $"A release has at most {MostDocuments} documents.");
            return;
        }

        var fields = new Fields(place, mapping, "");
        fields.Choice("apiVersion", [ApiVersion], required: true);
        var kind = Kind(fields);
        var head = Head(fields, kind);
        if (head is not null)
        {
            draft.Add(head);
        }

        var spec = fields.Object("spec", required: true);
        if (spec is not null && kind is not null)
        {
            ReadSpec(head ?? new(kind, "", "", place.File, root.Line), spec, draft);
            spec.Close();
        }

        fields.Close();
    }

    private static string? Kind(Fields fields)
    {
        if (fields.Text("kind", required: true) is not { } kind)
        {
            return null;
        }

        if (DocumentKinds.Later.Contains(kind, StringComparer.Ordinal))
        {
            fields.Fault("kind", $"{kind} documents are not supported by this version of Paddock.");
            return null;
        }

        return FieldValues.ChoiceOf(fields.Place, fields.LineOf("kind"), "kind", kind, DocumentKinds.Known) is { } index ? DocumentKinds.Known[index] : null;
    }

    private static DocumentHead? Head(Fields fields, string? kind)
    {
        if (fields.Object("metadata", required: true) is not { } metadata)
        {
            return null;
        }

        var name = metadata.Text("name", required: true);
        var owner = metadata.Text("owner", required: true);
        metadata.Close();
        if (name is null || kind is null)
        {
            return null;
        }

        if (DocumentNames.Refusal(kind, name) is { } refusal)
        {
            metadata.Fault("name", refusal);
            return null;
        }

        return new(kind, name, owner ?? "", fields.Place.File, metadata.LineOf("name"));
    }

    private static void ReadSpec(DocumentHead head, Fields spec, ReleaseDraft draft)
    {
        switch (head.Kind)
        {
            case DocumentKinds.Release:
                draft.Defaults = ReleaseSpec.Read(spec);
                break;
            case DocumentKinds.Provider:
                draft.Providers.Add(ProviderSpec.Read(head.Name, spec));
                break;
            case DocumentKinds.ModelRoute:
                draft.Routes.Add(ModelRouteSpec.Read(head.Name, spec));
                break;
            case DocumentKinds.Model:
                draft.Models.Add(ModelSpec.Read(head.Name, spec));
                break;
            case DocumentKinds.Budget:
                draft.Budgets.Add(BudgetSpec.Read(head.Name, spec));
                break;
            case DocumentKinds.ApprovalChain:
                draft.Chains.Add(ApprovalChainSpec.Read(head.Name, spec));
                break;
            case DocumentKinds.Policy:
                draft.Policies.Add(PolicySpec.Read(head, spec));
                break;
            case DocumentKinds.PolicyBinding:
                draft.Bindings.Add(PolicyBindingSpec.Read(head, spec));
                break;
            case DocumentKinds.RetentionPolicy:
                draft.Retention = RetentionPolicySpec.Read(spec);
                break;
            default:
                ReadWork(head, spec, draft);
                break;
        }
    }

    /// <summary>How people work with their agents.</summary>
    private static void ReadWork(DocumentHead head, Fields spec, ReleaseDraft draft)
    {
        switch (head.Kind)
        {
            case DocumentKinds.Mode:
                draft.Modes.Add(ModeSpec.Read(head, spec));
                break;
            case DocumentKinds.TeamProfile:
                draft.Profiles.Add(TeamProfileSpec.Read(head, spec));
                break;
            default:
                ReadWatch(head, spec, draft);
                break;
        }
    }

    /// <summary>When somebody is told, and what is done then.</summary>
    private static void ReadWatch(DocumentHead head, Fields spec, ReleaseDraft draft)
    {
        switch (head.Kind)
        {
            case DocumentKinds.Slo:
                draft.Slos.Add(SloSpec.Read(head, spec));
                break;
            case DocumentKinds.AlertRule when AlertRuleSpec.Read(head, spec) is { } rule:
                draft.AlertRules.Add(rule);
                break;
            case DocumentKinds.AlertRule:
                break;
            case DocumentKinds.Runbook when RunbookSpec.Read(head, spec) is { } runbook:
                draft.Runbooks.Add(runbook);
                break;
            case DocumentKinds.Runbook:
                break;
            default:
                throw new InvalidOperationException($"The kind {head.Kind} has no reader.");
        }
    }

    private static ReleaseContent Content(ReleaseDraft draft) => new()
    {
        Digest = ReleaseManifest.Digest(draft.Files),
        Files = [.. ReleaseManifest.Sorted(draft.Files)],
        Documents = [.. draft.Documents],
        Providers = [.. draft.Providers],
        Routes = [.. draft.Routes],
        Models = [.. draft.Models],
        Budgets = [.. draft.Budgets],
        Chains = [.. draft.Chains],
        Policies = [.. draft.Policies],
        Bindings = [.. draft.Bindings],
        Modes = [.. draft.Modes],
        Profiles = [.. draft.Profiles],
        Slos = [.. draft.Slos],
        AlertRules = [.. draft.AlertRules],
        Runbooks = [.. draft.Runbooks],
        Retention = draft.Retention,
        Defaults = draft.Defaults,
    };
}
