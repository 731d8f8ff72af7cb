using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Paddock.Agents.RooCode.SignIn;
using Paddock.Core.Identity;
using Paddock.Core.Models;
using Paddock.Core.Policies;
using Paddock.Core.Snapshot;

namespace Paddock.Agents.RooCode;

/// <summary>
/// <c>GET /roo/proxy/v1/models</c>. Without a key the list is empty: Roo Code asks before it is signed in, and does not keep an
/// empty list. A key that is no good is told so, because an empty list would hide why.
/// </summary>
internal sealed class RooModelList(IModelCatalog catalog, KeyAuthenticator keys, IIdentities identities, ISnapshots snapshots, TimeProvider time)
{
    public const string Path = "/roo/proxy/v1/models";

    /// <summary>What Roo Code sends as bearer when it has none.</summary>
    private const string NoBearer = "unauthenticated";

    private const int UnknownContextWindow = 128_000, UnknownMaxTokens = 16_384;

    private static readonly Price unused = new() { InputPerMtok = 0, OutputPerMtok = 0 };

    public async Task WriteAsync(HttpContext http)
    {
        var cancellationToken = http.RequestAborted;
        var bearer = Bearer.Of(http.Request);
        if (bearer is "" or NoBearer)
        {
            await WriteAsync(http, StatusCodes.Status200OK, static json => WriteList(json, [], unused), cancellationToken);
            return;
        }

        var now = time.GetUtcNow();
        if (keys.Authenticate(bearer, now) is not KeyOutcome.Known { Caller: var caller })
        {
            await RefuseAsync(http, StatusCodes.Status401Unauthorized, RefusalReason.UnknownKey, "This key is not valid here: mistyped, expired or revoked.", cancellationToken);
            return;
        }

        identities.NoteUse(caller.Key.Id, now);
        if (!caller.Key.Scopes.Models)
        {
            await RefuseAsync(http, StatusCodes.Status403Forbidden, RefusalReason.ScopeMissing, "This key may not call models.", cancellationToken);
            return;
        }

        var models = await catalog.ListAsync(caller, cancellationToken);
        var fallback = snapshots.For(caller.Principal.Id.Value, null).Defaults.FallbackPrice;
        await WriteAsync(http, StatusCodes.Status200OK, json => WriteList(json, models, fallback), cancellationToken);
    }

    private static void WriteList(Utf8JsonWriter json, IReadOnlyList<CatalogModel> models, Price fallback)
    {
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        foreach (var model in models)
        {
            WriteModel(json, model, model.Price ?? fallback);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Every member is one that Roo Code's strict schema wants: one model without them and it drops the whole list.</summary>
    private static void WriteModel(Utf8JsonWriter json, CatalogModel model, Price price)
    {
        var window = model.ContextWindow ?? UnknownContextWindow;
        json.WriteStartObject();
        json.WriteString("id"u8, model.Id);
        json.WriteString("object"u8, "model"u8);
        json.WriteNumber("created"u8, 0);
        json.WriteString("owned_by"u8, model.OwnedBy);
        json.WriteString("name"u8, model.DisplayName);
        json.WriteString("description"u8, model.Description ?? $"{model.DisplayName}, served by {model.OwnedBy}");
        json.WriteNumber("context_window"u8, window);
        json.WriteNumber("max_tokens"u8, model.MaxOutputTokens ?? Math.Min(UnknownMaxTokens, window));
        json.WriteString("type"u8, "language"u8);
        WriteTags(json, model, price);
        WritePricing(json, price);
        json.WriteEndObject();
    }

    /// <summary>To a model that is not said to see, Roo Code sends no images; of one that is not said to reason it asks no reasoning.</summary>
    private static void WriteTags(Utf8JsonWriter json, CatalogModel model, Price price)
    {
        json.WriteStartArray("tags"u8);
        if (model.SeesImages)
        {
            json.WriteStringValue("vision"u8);
        }

        if (model.Reasoning is not ModelReasoning.None)
        {
            json.WriteStringValue("reasoning"u8);
        }

        if (model.Reasoning is ModelReasoning.Always)
        {
            json.WriteStringValue("reasoning-required"u8);
        }

        if (price is { InputPerMtok: 0, OutputPerMtok: 0 })
        {
            json.WriteStringValue("free"u8);
        }

        json.WriteEndArray();
    }

    private static void WritePricing(Utf8JsonWriter json, Price price)
    {
        json.WriteStartObject("pricing"u8);
        json.WriteString("input"u8, PerToken(price.InputPerMtok));
        json.WriteString("output"u8, PerToken(price.OutputPerMtok));
        if (price.CacheReadPerMtok is { } read)
        {
            json.WriteString("input_cache_read"u8, PerToken(read));
        }

        if (price.CacheWrite5mPerMtok is { } write)
        {
            json.WriteString("input_cache_write"u8, PerToken(write));
        }

        json.WriteEndObject();
    }

    /// <summary>USD per token, never in exponent form.</summary>
    private static string PerToken(decimal perMtok) => (perMtok / 1_000_000m).ToString("0.####################", CultureInfo.InvariantCulture);

    private static Task RefuseAsync(HttpContext http, int status, RefusalReason reason, string message, CancellationToken cancellationToken) => WriteAsync(http, status, json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteString("message"u8, message);
        json.WriteString("type"u8, "invalid_request_error"u8);
        json.WriteNull("param"u8);
        json.WriteString("code"u8, JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()));
        json.WriteEndObject();
        json.WriteEndObject();
    }, cancellationToken);

    private static async Task WriteAsync(HttpContext http, int status, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = buffer.Length;
        await http.Response.BodyWriter.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken);
    }
}
