using System.Text.Json;
using Paddock.Core.Policies;

namespace Paddock.Gateway.Protocols;

/// <summary>OpenAI's error object, <c>{"error":{"message","type","param","code"}}</c>, shared by its two wires.</summary>
internal static class OpenAiError
{
    public static void Write(Utf8JsonWriter json, Refusal refusal, string? errorType)
    {
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        WriteMembers(json, refusal, errorType);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void WriteMembers(Utf8JsonWriter json, Refusal refusal, string? errorType)
    {
        json.WriteString("message"u8, refusal.Message);
        json.WriteString("type"u8, errorType ?? TypeOf(refusal));
        json.WriteString("param"u8, refusal.Parameter);
        json.WriteString("code"u8, WireProtocol.CodeOf(refusal.Reason));
    }

    private static string TypeOf(Refusal refusal) => refusal switch
    {
        { Reason: RefusalReason.BudgetExceeded } => "insufficient_quota",
        { Status: 401 } => "authentication_error",
        { Status: 403 } => "permission_error",
        { Status: 429 } => "rate_limit_error",
        { Status: >= 500 } => "server_error",
        _ => "invalid_request_error",
    };
}
