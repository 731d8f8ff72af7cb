using System.Collections.Immutable;
using Paddock.Core.Tools.Shell;

namespace Paddock.Core.Policies.Matching;

/// <summary>
/// The paths of a call in the form in which they are judged. A relative path of a line that changes its folder is judged twice, as it
/// stands and in the folder it would stand in: a rule that forbids takes either, one that allows needs both.
/// </summary>
internal static class CallPaths
{
    private const int MostFolders = 4;

    public static ImmutableArray<PathText> Of(CallArguments call)
    {
        if (call is { Line: null, Paths.Count: 0 })
        {
            return [];
        }

        var paths = new OrderedDictionary<string, PathText>(StringComparer.Ordinal);
        foreach (var path in call.Paths.Select(path => PathText.Of(path, call.Workspace)))
        {
            paths.TryAdd(path.Text, path);
        }

        if (call.Line is { } line)
        {
            AddLine(paths, call, line);
        }

        return [.. paths.Values];
    }

    private static void AddLine(OrderedDictionary<string, PathText> paths, CallArguments call, ShellLine line)
    {
        var folders = Folders(call.WorkingDirectory, line);
        foreach (var written in line.Paths)
        {
            foreach (var path in PathText.OfShell(written))
            {
                paths.TryAdd(path.Text, Known(path, call.Workspace));
                foreach (var folder in path.IsOutside && path.Parts[0] != ".." ? [] : folders)
                {
                    foreach (var below in PathText.OfShell(folder + "/" + written))
                    {
                        paths.TryAdd(below.Text, Known(below, call.Workspace));
                    }
                }
            }
        }
    }

    private static PathText Known(PathText path, string? workspace) => workspace is null || path.Expands ? path : PathText.Of(path.Text, workspace);

    private static List<string> Folders(string? begin, ShellLine line)
    {
        var folders = new List<string>();
        if (begin is not null)
        {
            folders.Add(begin);
        }

        foreach (var command in line.Commands)
        {
            if (folders.Count < MostFolders && command.Argv is ["cd" or "pushd", ..] && command.Argv.Skip(1).FirstOrDefault(word => !word.StartsWith('-')) is { } folder)
            {
                folders.Add(folders.Count == 0 || PathText.Of(folder).IsOutside ? folder : folders[^1] + "/" + folder);
            }
        }

        return folders;
    }
}
