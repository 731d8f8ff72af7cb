using System.Text.Json;

namespace Paddock.Core.Policies.Import;

/// <summary>
/// Roo Code's and Zoo Code's lists of commands: beginnings of a command as text; of an allowed and a denied one that both fit, the longer counts.
/// </summary>
internal static class RooImport
{
    private static readonly string[] prefixes = ["roo-cline.", "zoo-code.", "roo-code.", ""];

    /// <returns>False when there is none of the lists.</returns>
    public static bool Read(JsonElement root, ImportDraft draft)
    {
        var settings = root.TryGetProperty("globalSettings", out var exported) && exported.ValueKind is JsonValueKind.Object ? exported : root;
        var denied = List(settings, "deniedCommands", draft);
        var allowed = List(settings, "allowedCommands", draft);
        foreach (var entry in denied ?? [])
        {
            Deny(draft, entry, allowed ?? []);
        }

        foreach (var entry in allowed ?? [])
        {
            Allow(draft, entry);
        }

        return denied is not null || allowed is not null;
    }

    private static List<string>? List(JsonElement settings, string name, ImportDraft draft)
    {
        foreach (var prefix in prefixes)
        {
            if (!settings.TryGetProperty(prefix + name, out var list))
            {
                continue;
            }

            var entries = new List<string>();
            foreach (var item in list.ValueKind is JsonValueKind.Array ? list.EnumerateArray() : default)
            {
                if (item.ValueKind is JsonValueKind.String && item.GetString()!.Trim() is { Length: > 0 } text) // a string
                {
                    entries.Add(text);
                }
                else
                {
                    draft.Gap(item.GetRawText(), "This is no beginning of a command.");
                }
            }

            return entries;
        }

        return null;
    }

    private static void Allow(ImportDraft draft, string entry)
    {
        if (entry == "*")
        {
            draft.Rules.Add(new(entry, Effect.Allow, "{classes: [command]}", null, ["{match: ls}"]));
            draft.Gap(entry, "It allows every line of plain words; one with redirections, variables or substitutions is allowed only by a rule whose 'when' looks at them.");
        }
        else if (ImportedCommand.Words(draft, entry, entry) is { } words)
        {
            draft.Rules.Add(new(entry, Effect.Allow, ImportedCommand.Match(words), null, [ImportedCommand.Test(entry)]));
        }
    }

    private static void Deny(ImportDraft draft, string entry, IReadOnlyList<string> allowed)
    {
        foreach (var longer in allowed.Where(other => other.Length > entry.Length && other.StartsWith(entry, StringComparison.OrdinalIgnoreCase)))
        {
            draft.Gap(longer, $"Roo Code allows it although '{entry}' is denied, for it is longer; here a refusal counts before any allow.");
        }

        if (entry == "*")
        {
            draft.Rules.Add(new(entry, Effect.Deny, "{classes: [command]}", null, ["{match: ls}"]));
        }
        else if (ImportedCommand.Words(draft, entry, entry) is { } words)
        {
            draft.Rules.Add(new(entry, Effect.Deny, ImportedCommand.Match(words), null, [ImportedCommand.Test(entry)]));
            draft.Gap(entry, "It is denied word by word; Roo Code compares letters, so that it denies there what only begins so as well. Add what you miss.");
        }
    }
}
