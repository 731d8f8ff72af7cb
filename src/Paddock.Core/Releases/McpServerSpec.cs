using System.Collections.Immutable;
using Paddock.Core.Modes;

namespace Paddock.Core.Releases;

/// <summary>Reads one server of a <c>TeamProfile</c>.</summary>
internal static class McpServerSpec
{
    private const int LongestName = 50;
    private static readonly string[] transports = ["stdio", "sse", "streamable-http"];

    public static McpServer Read(Fields fields)
    {
        var url = Address(fields, "url");
        var server = new McpServer
        {
            Name = Name(fields),
            Description = fields.Text("description", required: true) ?? "",
            Transport = (McpTransport)(fields.Choice("type", transports) ?? (fields.Has("url") ? (int)McpTransport.StreamableHttp : 0)),
            Command = fields.Text("command"),
            Arguments = [.. fields.Texts("args", required: fields.Has("args")).Select(static item => item.Text)],
            Variables = Values(fields, "env"),
            Url = url,
            Headers = Values(fields, "headers"),
            Homepage = Address(fields, "homepage"),
            AlwaysAllow = RuleMatchSpec.Names(fields, "alwaysAllow"),
            DisabledTools = RuleMatchSpec.Names(fields, "disabledTools"),
            TimeoutSeconds = (int?)fields.Whole("timeout", 1, 3_600),
            IsPublic = fields.Flag("marketplace") ?? false,
        };
        Check(fields, server);
        fields.Close();
        return server;
    }

    private static string Name(Fields fields)
    {
        var name = fields.Text("name", required: true) ?? "";
        if (name.Length > LongestName || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') || name.Contains("--", StringComparison.Ordinal) || name.Contains("__", StringComparison.Ordinal))
        {
            // Agents call its tools mcp--NAME--tool and mcp__NAME__tool.
            fields.Fault("name", $"A server's name has letters, digits, single '-' and single '_', at most {LongestName} in all: tools are called by it.");
        }

        return name;
    }

    private static string? Address(Fields fields, string name)
    {
        var text = fields.Text(name);
        if (text is not null && !(Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0))
        {
            fields.Fault(name, "Expected an address that begins with https:// or http://, without a password in it.");
        }

        return text;
    }

    private static ImmutableArray<KeyValuePair<string, string>> Values(Fields fields, string name)
    {
        var pairs = fields.Pairs(name);
        foreach (var (key, value, line, path) in pairs)
        {
            if (SecretText.IsFieldName(key[(key.LastIndexOfAny(['-', '_']) + 1)..]) && !value.Contains("${env:", StringComparison.Ordinal))
            {
                fields.Place.Fault(line, path, "Secrets never stand in documents. Write '${env:NAME}': each client fills in what its own machine has.");
            }
        }

        return [.. pairs.Select(static pair => KeyValuePair.Create(pair.Key, pair.Value)).OrderBy(static pair => pair.Key, StringComparer.Ordinal)];
    }

    private static void Check(Fields fields, McpServer server)
    {
        var isStdio = server.Transport is McpTransport.Stdio;
        if (fields.Has("command") != isStdio || fields.Has("url") == isStdio)
        {
            fields.Fault(fields.Has("command") ? "command" : "url", "A server on the client's machine (stdio) has a 'command', one of the network (sse, streamable-http) a 'url'.");
        }

        foreach (var name in (isStdio ? ["headers"] : new[] { "args", "env" }).Where(fields.Has))
        {
            fields.Fault(name, isStdio ? "A server on the client's machine takes no headers." : "A server of the network takes no arguments and no variables.");
        }
    }
}
