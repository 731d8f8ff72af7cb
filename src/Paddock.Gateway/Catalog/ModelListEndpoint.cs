using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Paddock.Core.Policies;
using Paddock.Gateway.Execute;
using Paddock.Gateway.Identify;

namespace Paddock.Gateway.Catalog;

/// <summary><c>GET /v1/models</c> and <c>/v1/models/{id}</c>. The asker is told by what it sends: Codex by its query, Anthropic's clients by their version header.</summary>
internal sealed class ModelListEndpoint(Identification identify, ModelCatalog catalog, RefusalWriter refusals, TimeProvider time)
{
    public async Task ListAsync(HttpContext http, Entrances entrances)
    {
        var exchange = await IdentifyAsync(http, entrances);
        if (exchange is null)
        {
            return;
        }

        var models = await catalog.ListAsync(exchange.Caller!, http.RequestAborted); // identified just now
        await WriteAsync(http, json =>
        {
            if (http.Request.Query.ContainsKey("client_version"))
            {
                ModelLists.WriteCodex(json, models);
            }
            else if (IsAnthropic(http))
            {
                ModelLists.WriteAnthropic(json, models);
            }
            else
            {
                ModelLists.WriteOpenAi(json, models);
            }
        });
    }

    public async Task ShowAsync(HttpContext http, Entrances entrances, string id)
    {
        var exchange = await IdentifyAsync(http, entrances);
        if (exchange is null)
        {
            return;
        }

        var models = await catalog.ListAsync(exchange.Caller!, http.RequestAborted); // identified just now
        if (models.FirstOrDefault(model => model.Id == id) is not { } found)
        {
            await refusals.WriteAsync(exchange, new(RefusalReason.ModelUnknown, 404, "There is no such model here for this key.") { Parameter = "model" }, http.RequestAborted);
            return;
        }

        await WriteAsync(http, json =>
        {
            if (IsAnthropic(http))
            {
                ModelLists.WriteAnthropic(json, found);
            }
            else
            {
                ModelLists.WriteOpenAi(json, found);
            }
        });
    }

    private async Task<Exchange?> IdentifyAsync(HttpContext http, Entrances entrances)
    {
        var exchange = new Exchange(http, IsAnthropic(http) ? entrances.Messages : entrances.Chat, time.GetUtcNow(), time.GetTimestamp());
        if (identify.FindCaller(exchange) is not { } refusal)
        {
            return exchange;
        }

        await refusals.WriteAsync(exchange, refusal, http.RequestAborted);
        return null;
    }

    private static bool IsAnthropic(HttpContext http) => http.Request.Headers.ContainsKey("anthropic-version");

    private static async Task WriteAsync(HttpContext http, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }

        http.Response.ContentType = "application/json";
        http.Response.ContentLength = buffer.Length;
        await http.Response.BodyWriter.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), http.RequestAborted);
    }
}
