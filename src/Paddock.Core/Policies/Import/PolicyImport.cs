using System.Collections.Immutable;
using System.Text.Json;
using Paddock.Core.Releases;

namespace Paddock.Core.Policies.Import;

/// <summary>Makes documents of the permissions that agents keep in settings of their own.</summary>
public static class PolicyImport
{
    private const int LongestSettings = 1 << 20;
    private const string File = "imported.yaml";

    private static readonly JsonDocumentOptions relaxed = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 64 };

    /// <summary>Whose settings can be read.</summary>
    public static ImmutableArray<string> Sources { get; } = ["roo", "claude"];

    /// <param name="source">One of <see cref="Sources"/>.</param>
    /// <param name="owner">Who is named as the owner of the documents.</param>
    public static ImportOutcome From(string source, string settings, string owner)
    {
        if (settings.Length > LongestSettings)
        {
            return new ImportOutcome.Refused($"The settings are longer than {LongestSettings >> 10} KiB.");
        }

        var draft = new ImportDraft(source == "roo" ? "roo-code" : "claude-code", owner);
        try
        {
            using var document = JsonDocument.Parse(settings.TrimStart('\uFEFF'), relaxed);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                return new ImportOutcome.Refused("The settings are no JSON object.");
            }

            var found = source == "roo" ? RooImport.Read(document.RootElement, draft) : ClaudeImport.Read(document.RootElement, draft);
            return found ? Checked(draft) : new ImportOutcome.Refused(source == "roo"
                ? "There is no roo-cline.allowedCommands and no roo-cline.deniedCommands in it."
                : "There is no object 'permissions' in it.");
        }
        catch (JsonException broken)
        {
            return new ImportOutcome.Refused($"The settings are no JSON: line {broken.LineNumber + 1}, character {broken.BytePositionInLine + 1}.");
        }
    }

    /// <summary>What the loader refuses (a rule that another one covers, a pattern it does not know) is left out and told.</summary>
    private static ImportOutcome Checked(ImportDraft draft)
    {
        while (true)
        {
            var text = DocumentWriter.Write(draft);
            if (draft.Rules.Count == 0 || ReleaseLoader.Load([new(File, text)]) is not LoadOutcome.Rejected { Faults: var faults })
            {
                return draft.Rules.Count == 0 && draft.Gaps.Count == 0
                    ? new ImportOutcome.Refused("The lists in the settings are empty.")
                    : new ImportOutcome.Imported(text, draft.Rules.Count, [.. draft.Gaps]);
            }

            var refused = faults.Select(fault => (Rule: draft.RuleAt(fault.Key), fault.Message)).Where(one => one.Rule is not null).DistinctBy(one => one.Rule).ToList();
            if (refused.Count == 0)
            {
                return new ImportOutcome.Refused(faults[0].ToString());
            }

            // Of several that cover each other only one may go at a time.
            var (rule, message) = refused[0];
            draft.Rules.Remove(rule!); // asked above
            draft.Gap(rule!.Entry, message);
        }
    }
}
