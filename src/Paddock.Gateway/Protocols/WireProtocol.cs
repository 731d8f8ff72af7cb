using System.Text.Json;
using Paddock.Core.Models;
using Paddock.Core.Policies;

namespace Paddock.Gateway.Protocols;

/// <summary>Everything the gateway knows of one wire: reading a request, reading an answer, writing a refusal. Stateless.</summary>
internal abstract class WireProtocol
{
    public abstract Wire Wire { get; }

    public abstract RequestReader Requests { get; }

    public abstract AnswerReader Answers { get; }

    public abstract ToolReader Tools { get; }

    public abstract ToolOfferReader Offers { get; }

    public abstract ResultReader Results { get; }

    /// <summary>Writes the wire's own error body.</summary>
    /// <param name="errorType">Replaces the usual error type; null = the wire's own for this status.</param>
    public abstract void WriteError(Utf8JsonWriter json, Refusal refusal, string? errorType);

    /// <summary>An error event for a stream that has begun, whole and ready to send.</summary>
    public abstract byte[] ErrorEvent(Refusal refusal);

    /// <summary>A whole assistant turn that says its text, for clients that retry every error: a plain body, or a stream of events.</summary>
    public abstract byte[] Turn(in WrittenTurn turn);

    /// <summary>A whole assistant turn that says its text by calling the tool that ends the agent's task.</summary>
    public abstract byte[] ClosingTurn(in WrittenTurn turn, ClosingTool tool);

    /// <summary>Whether a streamed turn may follow deltas that were sent before: its events then need nothing of what begins an answer, and repeat nothing of it.</summary>
    public virtual bool TurnsFollowDeltas => false;

    /// <summary>The reason code on the wire, in the ledger and in metrics.</summary>
    public static string CodeOf(RefusalReason reason) => Codes[(int)reason];

    private static readonly string[] Codes = [.. Enum.GetNames<RefusalReason>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    /// <summary>For bodies that people see as they are: an apostrophe stays one. They are JSON and served as such, so what HTML would need escaped is harmless.</summary>
    public static readonly JsonWriterOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    protected static byte[] Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            write(json);
        }

        return buffer.ToArray();
    }

    /// <summary>The closing tool's arguments, as the JSON text that goes into a string.</summary>
    protected static string ArgumentsOf(ClosingTool tool, string text) => System.Text.Encoding.UTF8.GetString(Json(json =>
    {
        json.WriteStartObject();
        json.WriteString(tool.TextParameter, text);
        json.WriteEndObject();
    }));
}
