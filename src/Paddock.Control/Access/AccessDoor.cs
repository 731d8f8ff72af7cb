using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Paddock.Core.Identity;

namespace Paddock.Control.Access;

/// <summary>AuthZEN's binding to HTTP: who asks, what is asked, and errors as its specification says: a status and a message.</summary>
internal sealed class AccessDoor(KeyAuthenticator keys, IIdentities identities, EvaluateAccess evaluate, TimeProvider time, ILogger<AccessDoor> logger)
{
    private const string RequestId = "X-Request-ID";

    private static readonly JsonDocumentOptions strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    public Task EvaluateAsync(HttpContext http) => AnswerAsync(http, EvaluateAsync);

    public Task EvaluateManyAsync(HttpContext http) => AnswerAsync(http, async (caller, root, cancellationToken) =>
    {
        if (AccessQuestions.Read(root, out var fault) is not { } questions)
        {
            return Results.Text(fault, statusCode: StatusCodes.Status400BadRequest);
        }

        if (questions.Items.Count == 0)
        {
            return await EvaluateAsync(caller, root, cancellationToken);
        }

        var answers = new List<AccessAnswer>();
        foreach (var item in questions.Items)
        {
            answers.Add(AccessQuestion.Read(item, root, out var wrong) is { } question ? await evaluate.RunAsync(caller, question, cancellationToken) : EvaluateAccess.Refused(400, wrong));
            if (questions.EndsWith(answers[^1]))
            {
                break;
            }
        }

        return Results.Json(new AccessAnswers(answers), AccessJson.Default.AccessAnswers);
    });

    private async Task<IResult> EvaluateAsync(Caller caller, JsonElement root, CancellationToken cancellationToken) =>
        AccessQuestion.Read(root, default, out var fault) is { } question
            ? Results.Json(await evaluate.RunAsync(caller, question, cancellationToken), AccessJson.Default.AccessAnswer)
            : Results.Text(fault, statusCode: StatusCodes.Status400BadRequest);

    private async Task AnswerAsync(HttpContext http, Func<Caller, JsonElement, CancellationToken, Task<IResult>> answer)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (http.Request.Headers[RequestId] is { Count: 1 } id)
        {
            http.Response.Headers[RequestId] = id;
        }

        IResult result;
        try
        {
            result = await AnswerAsync(http.Request, answer, http.RequestAborted);
        }
        catch (BadHttpRequestException fault)
        {
            result = Results.Text("The body cannot be read, or is too long.", statusCode: fault.StatusCode);
        }
        catch (Exception exception) when (!http.RequestAborted.IsCancellationRequested)
        {
            Log.RequestFailed(logger, exception, http.Request.Path);
            result = Results.Text("It could not be decided now; the server's log says why. Nothing is permitted.", statusCode: StatusCodes.Status500InternalServerError);
        }

        await result.ExecuteAsync(http);
    }

    private async Task<IResult> AnswerAsync(HttpRequest request, Func<Caller, JsonElement, CancellationToken, Task<IResult>> answer, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (keys.Authenticate(BearerText.In(request.Headers.Authorization.ToString()), now) is not KeyOutcome.Known { Caller: var caller })
        {
            request.HttpContext.Response.Headers.WWWAuthenticate = "Bearer";
            return Results.Text("Send a Paddock key as Authorization: Bearer.", statusCode: StatusCodes.Status401Unauthorized);
        }

        identities.NoteUse(caller.Key.Id, now);
        if (!caller.Key.Scopes.Tools)
        {
            return Results.Text("This key may not ask for decisions on tools. Make one that may: paddock key create --name NAME --user USER --tools.", statusCode: StatusCodes.Status403Forbidden);
        }

        if (!request.HasJsonContentType())
        {
            return Results.Text("Send application/json.", statusCode: StatusCodes.Status400BadRequest);
        }

        using var document = await ParseAsync(request.Body, cancellationToken);
        return document switch
        {
            null => Results.Text("The body is no JSON, names a member twice, or has half of a surrogate pair.", statusCode: StatusCodes.Status400BadRequest),
            { RootElement.ValueKind: not JsonValueKind.Object } => Results.Text("The body is no JSON object.", statusCode: StatusCodes.Status400BadRequest),
            _ => await answer(caller, document.RootElement, cancellationToken),
        };
    }

    /// <returns>Null when it is no JSON, or what RFC 8259 §8.2 calls unpredictable: half of a surrogate pair.</returns>
    private static async Task<JsonDocument?> ParseAsync(Stream body, CancellationToken cancellationToken)
    {
        JsonDocument? document = null;
        try
        {
            document = await JsonDocument.ParseAsync(body, strict, cancellationToken);
            ReadTexts(document.RootElement);
            return document;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            document?.Dispose();
            return null;
        }
    }

    /// <exception cref="InvalidOperationException">A name or text is half of a surrogate pair.</exception>
    private static void ReadTexts(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    _ = member.Name;
                    ReadTexts(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    ReadTexts(item);
                }

                break;
            case JsonValueKind.String:
                _ = value.GetString();
                break;
        }
    }
}
