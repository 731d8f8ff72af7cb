using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Paddock.Core.Policies;

namespace Paddock.Agents.RooCode.Settings;

/// <summary>Answers as Roo Code's cloud client reads them.</summary>
internal static class RooAnswers
{
    public static async Task WriteAsync<T>(HttpContext http, int status, T value, JsonTypeInfo<T> type)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(http.Response.BodyWriter, value, type, http.RequestAborted);
    }

    public static Task RefuseAsync(HttpContext http, int status, RefusalReason reason, string message) =>
        RefuseAsync(http, status, JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()), message);

    public static Task RefuseAsync(HttpContext http, int status, string code, string message) =>
        WriteAsync(http, status, new RooError(new(message, code)), RooJson.Default.RooError);

    /// <summary>Reads a body of JSON; when it is none, or not of this shape, the client is told.</summary>
    public static async Task<T?> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            if (http.Request.HasJsonContentType() && await JsonSerializer.DeserializeAsync(http.Request.Body, type, http.RequestAborted) is { } read)
            {
                return read;
            }
        }
        catch (JsonException)
        {
            // told below
        }
        catch (BadHttpRequestException fault)
        {
            await RefuseAsync(http, fault.StatusCode, RefusalReason.MalformedBody, "The body is too large, or broken.");
            return null;
        }

        await RefuseAsync(http, StatusCodes.Status400BadRequest, RefusalReason.MalformedBody, "The body is not the JSON that this endpoint takes.");
        return null;
    }
}
