using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Paddock.Core.Modes;

namespace Paddock.Agents.RooCode.Settings;

/// <summary>MCP servers as <c>mcp.json</c> and the marketplace have them.</summary>
internal static class RooMcp
{
    private static readonly JsonWriterOptions readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>Takes the place of an address for servers that have none: the schema wants one.</summary>
    private const string NoAddress = "https://modelcontextprotocol.io/";

    public static McpItem ItemOf(McpServer server) => new(server.Name, server.Name, server.Description, server.Homepage ?? server.Url ?? NoAddress, ContentOf(server));

    /// <summary>What stands behind the server's name in <c>mcp.json</c>.</summary>
    public static string ContentOf(McpServer server) => Written(json => WriteServer(json, server));

    /// <summary>The whole of <c>.roo/mcp.json</c>.</summary>
    public static string FileOf(ImmutableArray<McpServer> servers) => Written(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("mcpServers");
        foreach (var server in servers)
        {
            json.WritePropertyName(server.Name);
            WriteServer(json, server);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }) + "\n";

    private static void WriteServer(Utf8JsonWriter json, McpServer server)
    {
        json.WriteStartObject();
        json.WriteString("type", server.Transport switch { McpTransport.Stdio => "stdio", McpTransport.Sse => "sse", _ => "streamable-http" });
        if (server.Transport is McpTransport.Stdio)
        {
            json.WriteString("command", server.Command);
            WriteTexts(json, "args", server.Arguments);
            WritePairs(json, "env", server.Variables);
        }
        else
        {
            json.WriteString("url", server.Url);
            WritePairs(json, "headers", server.Headers);
        }

        if (server.TimeoutSeconds is { } seconds)
        {
            json.WriteNumber("timeout", seconds);
        }

        WriteTexts(json, "alwaysAllow", server.AlwaysAllow);
        WriteTexts(json, "disabledTools", server.DisabledTools);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, ImmutableArray<string> texts)
    {
        if (texts.IsEmpty)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void WritePairs(Utf8JsonWriter json, string name, ImmutableArray<KeyValuePair<string, string>> pairs)
    {
        if (pairs.IsEmpty)
        {
            return;
        }

        json.WriteStartObject(name);
        foreach (var (key, value) in pairs)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static string Written(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, readable))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
