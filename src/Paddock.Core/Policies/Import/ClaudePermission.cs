namespace Paddock.Core.Policies.Import;

/// <summary>One permission, such as <c>Bash(git push:*)</c>, <c>Read(./.env)</c>, <c>WebFetch(domain:x)</c>, <c>mcp__server__tool</c>.</summary>
internal static class ClaudePermission
{
    private static readonly string[] edits = ["Edit", "Write", "MultiEdit", "NotebookEdit"];
    private static readonly string[] reads = ["Read", "Grep", "Glob", "LS"];

    public static void Add(ImportDraft draft, string entry, Effect effect)
    {
        var open = entry.IndexOf('(', StringComparison.Ordinal);
        if (open > 0 && !entry.EndsWith(')'))
        {
            draft.Gap(entry, "A closing parenthesis is missing at its end.");
            return;
        }

        var tool = open < 0 ? entry : entry[..open];
        var argument = open < 0 ? null : entry[(open + 1)..^1].Trim();
        switch (tool)
        {
            case "Bash" or "PowerShell":
                Command(draft, entry, effect, argument);
                break;
            case var _ when edits.Contains(tool):
                Files(draft, entry, effect, "edit", argument);
                break;
            case var _ when reads.Contains(tool):
                Files(draft, entry, effect, "read", argument);
                break;
            case "WebFetch":
                Web(draft, entry, effect, argument);
                break;
            case ['m', 'c', 'p', '_', '_', ..] when argument is null:
                Server(draft, entry, effect, tool["mcp__".Length..]);
                break;
            case var _ when argument is null && tool.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'):
                draft.Rules.Add(new(entry, effect, $"{{tools: [{DocumentWriter.Quoted(tool)}]}}", null, [$"{{match: {{call.tool: {DocumentWriter.Quoted(tool)}}}}}"]));
                break;
            default:
                draft.Gap(entry, "Only the arguments of Bash, Read, Edit and WebFetch have a counterpart.");
                break;
        }
    }

    private static void Command(ImportDraft draft, string entry, Effect effect, string? argument)
    {
        if (argument is null or "*" or ":*")
        {
            draft.Rules.Add(new(entry, effect, "{classes: [command]}", null, ["{match: ls}"]));
            return;
        }

        var isPrefix = argument.EndsWith(":*", StringComparison.Ordinal) || argument.EndsWith(" *", StringComparison.Ordinal);
        var text = isPrefix ? argument[..^2].Trim() : argument;
        if (ImportedCommand.Words(draft, entry, text) is not { } words)
        {
            return;
        }

        // A permission without a star is that command and nothing behind it.
        var exact = $"call.argv.{(effect == Effect.Allow ? "all" : "exists")}(words, words == {DocumentWriter.List(words)}{(effect == Effect.Allow ? $" || words[0] != {DocumentWriter.Quoted(words[0])}" : "")})";
        List<string> tests = [ImportedCommand.Test(text), isPrefix ? ImportedCommand.Test(text + " x") : $"{{notMatch: {DocumentWriter.Quoted(text + " x")}}}"];
        draft.Rules.Add(new(entry, effect, ImportedCommand.Match(words), isPrefix ? null : exact, tests));
    }

    private static void Files(ImportDraft draft, string entry, Effect effect, string kind, string? argument)
    {
        // What is forbidden to read shall not be read by a command either.
        var classes = kind == "read" && effect != Effect.Allow ? "[read, command]" : $"[{kind}]";
        if (argument is null or "**" or "*")
        {
            draft.Rules.Add(new(entry, effect, $"{{classes: [{kind}]}}", null, [Test("a.txt")]));
            return;
        }

        var patterns = Patterns(argument);
        if (argument.StartsWith('!') || patterns.Any(pattern => pattern.AsSpan().ContainsAny("[]{}")))
        {
            draft.Gap(entry, "A pattern knows '*', '?' and '**' only; write alternatives as entries of their own.");
            return;
        }

        draft.Rules.Add(new(entry, effect, $"{{classes: {classes}, paths: {{any: {DocumentWriter.List(patterns)}}}}}", null, [Test(Example(patterns[0]))]));

        string Test(string path) => $"{{match: {{call.class: {kind}, call.paths: [{DocumentWriter.Quoted(path)}]}}}}";
    }

    /// <summary>As in a .gitignore: without a slash a name at any depth, with <c>//</c> from the root, with <c>/</c> from where the settings lie.</summary>
    private static List<string> Patterns(string argument)
    {
        var pattern = argument switch
        {
            ['/', '/', ..] => argument[1..],
            ['/', ..] => argument[1..],
            ['.', '/', ..] => argument[2..],
            ['~', ..] => argument,
            _ when !argument.TrimEnd('/').Contains('/', StringComparison.Ordinal) => "**/" + argument,
            _ => argument,
        };
        var isFolder = pattern.EndsWith('/');
        pattern = pattern.TrimEnd('/');
        var name = pattern[(pattern.LastIndexOf('/') + 1)..];
        return isFolder ? [pattern + "/**"] : name.AsSpan().ContainsAny('*', '.') ? [pattern] : [pattern, pattern + "/**"];
    }

    private static string Example(string pattern) => pattern.Replace("**", "a", StringComparison.Ordinal).Replace('*', 'a').Replace('?', 'a');

    private static void Web(ImportDraft draft, string entry, Effect effect, string? argument)
    {
        if (argument is null)
        {
            draft.Rules.Add(new(entry, effect, "{tools: [WebFetch]}", null, ["{match: {call.tool: WebFetch}}"]));
            return;
        }

        var host = argument.StartsWith("domain:", StringComparison.Ordinal) ? argument["domain:".Length..].Trim() : "";
        if (host.Length == 0 || host.Any(c => !(char.IsAsciiLetterOrDigit(c) || c is '.' or '-')))
        {
            draft.Gap(entry, "Expected domain: and the name of a host.");
            return;
        }

        var name = DocumentWriter.Quoted(host.ToLowerInvariant());
        var when = effect == Effect.Allow ? $"size(call.hosts) > 0 && call.hosts.all(host, host == {name})" : $"call.hosts.exists(host, host.inDomain({name}))";
        draft.Rules.Add(new(entry, effect, "{tools: [WebFetch]}", when,
            [$"{{match: {{call.tool: WebFetch, call.hosts: [{name}]}}}}", "{notMatch: {call.tool: WebFetch, call.hosts: [other.invalid]}}"]));
    }

    private static void Server(ImportDraft draft, string entry, Effect effect, string rest)
    {
        var parts = rest.Split("__", 2);
        var (server, tool) = (parts[0], parts.ElementAtOrDefault(1) is { Length: > 0 } named && named != "*" ? named : null);
        if (server.Length == 0)
        {
            draft.Gap(entry, "It names no server.");
            return;
        }

        var match = $"servers: [{DocumentWriter.Quoted(server)}]" + (tool is null ? "" : $", tools: [{DocumentWriter.Quoted(tool)}]");
        draft.Rules.Add(new(entry, effect, $"{{mcp: {{{match}}}}}", null,
            [$"{{match: {{call.class: mcp, mcp.server: {DocumentWriter.Quoted(server.Replace('*', 'a'))}, mcp.tool: {DocumentWriter.Quoted((tool ?? "any").Replace('*', 'a'))}}}}}"]));
    }
}
