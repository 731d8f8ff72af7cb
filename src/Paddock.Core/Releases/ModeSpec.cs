using System.Collections.Immutable;
using Paddock.Core.Modes;

namespace Paddock.Core.Releases;

/// <summary>Reads the <c>spec</c> of a <c>Mode</c>.</summary>
internal static class ModeSpec
{
    /// <summary>Conditions are made of these, and may not grow too long.</summary>
    public const int LongestSlug = 50;

    private const int MostTools = 20, LongestTool = 64;

    public static Mode Read(DocumentHead head, Fields spec)
    {
        var tools = spec.Object("tools");
        var mode = new Mode
        {
            Name = head.Name,
            Slug = Slug(head, spec),
            Title = spec.Text("name", required: true) ?? "",
            Role = spec.Prose("role", required: true) ?? "",
            WhenToUse = spec.Text("whenToUse"),
            Description = spec.Text("description"),
            Instructions = spec.Prose("instructions"),
            Groups = Groups(spec),
            Edits = Edits(spec),
            AllowedTools = Tools(tools, "allow", stars: false),
            DeniedTools = Tools(tools, "deny", stars: true),
            ModelClass = spec.Text("modelClass"),
            IsPublic = spec.Flag("marketplace") ?? false,
            Owner = head.Owner,
            File = head.File,
            Line = head.Line,
        };
        tools?.Close();
        Check(spec, mode);
        return mode;
    }

    /// <summary>Why a text is no slug, or null.</summary>
    public static string? Refusal(string slug) => slug.Length is > 0 and <= LongestSlug && slug.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-')
        ? null
        : $"The slug of a mode holds letters, digits and '-', at most {LongestSlug} in all: agents take no other.";

    private static string Slug(DocumentHead head, Fields spec)
    {
        var slug = spec.Text("slug");
        if (Refusal(slug ?? head.Name) is { } refusal)
        {
            spec.Fault("slug", slug is null ? $"{refusal} The name of this document is none; say with 'slug' what agents call the mode." : refusal);
        }

        return slug ?? head.Name;
    }

    private static ImmutableArray<ModeGroup> Groups(Fields spec)
    {
        var groups = ImmutableArray.CreateBuilder<ModeGroup>();
        foreach (var (text, line, path) in spec.Texts("groups"))
        {
            if (FieldValues.ChoiceOf(spec.Place, line, path, text, ModeGroups.Names) is { } index)
            {
                groups.Add((ModeGroup)index);
            }
        }

        if (!spec.Has("groups"))
        {
            spec.Fault("groups", "Say what the mode may do: 'groups: [read, edit, command, mcp, browser]', or '[]' for a mode that only talks and hands on.");
        }

        return groups.ToImmutable();
    }

    private static ModeEdits? Edits(Fields spec)
    {
        if (spec.Object("edits") is not { } edits)
        {
            return null;
        }

        var pattern = edits.Text("fileRegex", required: true);
        var read = new ModeEdits(pattern ?? "", edits.Text("description"));
        edits.Close();
        if (pattern is not null && FilePattern.Refusal(pattern) is { } refusal)
        {
            edits.Fault("fileRegex", refusal);
        }

        return read;
    }

    private static ImmutableArray<string> Tools(Fields? tools, string name, bool stars)
    {
        var read = ImmutableArray.CreateBuilder<string>();
        foreach (var (text, line, path) in tools?.Texts(name, required: tools.Has(name)) ?? [])
        {
            if (text.Length > LongestTool || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' || (stars && c is '*')))
            {
                tools!.Place.Fault(line, path, $"A tool's name has letters, digits, '-', '_' and '.', at most {LongestTool} in all{(stars ? "; '*' stands for any" : ", and is written out")}."); // it has texts
            }

            read.Add(text);
        }

        if (read.Count > MostTools)
        {
            tools!.Fault(name, $"A mode names at most {MostTools} tools here."); // it has texts
        }

        return read.ToImmutable();
    }

    private static void Check(Fields spec, Mode mode)
    {
        if (mode.Edits is not null && !mode.Groups.Contains(ModeGroup.Edit))
        {
            spec.Fault("edits", "This mode changes no files at all: the group edit is not among its groups.");
        }

        if (spec.Has("tools") && mode.AllowedTools.IsEmpty && mode.DeniedTools.IsEmpty)
        {
            spec.Fault("tools", "Name with 'allow' tools that its groups would not give it, or with 'deny' tools that they would.");
        }

        if (mode.AllowedTools.Intersect(mode.DeniedTools, StringComparer.Ordinal).FirstOrDefault() is { } both)
        {
            spec.Fault("tools", $"{SecretText.Show(both)} is both allowed and denied.");
        }
    }
}
