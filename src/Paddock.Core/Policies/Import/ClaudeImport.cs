using System.Text.Json;

namespace Paddock.Core.Policies.Import;

/// <summary>Claude Code's <c>permissions</c>: three lists of which the strictest counts, as here.</summary>
internal static class ClaudeImport
{
    /// <summary>Lists by strictness, so that what a stricter rule takes anyway is told of the milder one.</summary>
    private static readonly (string Name, Effect Effect)[] lists = [("deny", Effect.Deny), ("ask", Effect.RequireApproval), ("allow", Effect.Allow)];

    /// <returns>False when there are no permissions.</returns>
    public static bool Read(JsonElement root, ImportDraft draft)
    {
        if (!root.TryGetProperty("permissions", out var permissions) || permissions.ValueKind is not JsonValueKind.Object)
        {
            return false;
        }

        foreach (var (name, effect) in lists)
        {
            foreach (var item in permissions.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array ? list.EnumerateArray() : default)
            {
                if (item.ValueKind is JsonValueKind.String && item.GetString()!.Trim() is { Length: > 0 } entry) // a string
                {
                    ClaudePermission.Add(draft, entry, effect);
                }
                else
                {
                    draft.Gap(item.GetRawText(), "This is no permission.");
                }
            }
        }

        foreach (var other in permissions.EnumerateObject().Where(member => !Array.Exists(lists, list => list.Name == member.Name)))
        {
            draft.Gap($"{other.Name}: {other.Value.GetRawText()}", other.Name switch
            {
                "defaultMode" => "What no rule names follows the Release's defaults: spec.defaults.tools.",
                "additionalDirectories" => "Folders are named by the paths of rules.",
                "disableBypassPermissionsMode" => "Nobody can bypass Paddock from the editor; there is nothing to disable.",
                _ => "This setting has no counterpart.",
            });
        }

        return true;
    }
}
