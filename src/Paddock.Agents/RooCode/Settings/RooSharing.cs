using System.Buffers;
using Microsoft.AspNetCore.Http;
using Paddock.Core.Modes;
using Paddock.Core.Policies;
using Paddock.Core.Snapshot;

namespace Paddock.Agents.RooCode.Settings;

/// <summary>
/// <c>POST /roo/api/extension/share</c> and <c>POST /roo/api/events/backfill</c>. Sharing is off unless the team profile allows it; Paddock has no
/// page of a task to point to, so a share that is allowed finds nothing. A client then sends the whole task and asks once more: the task
/// is read, not kept, and the answer stays.
/// </summary>
internal sealed class RooSharing(RooCallers callers, ISnapshots snapshots)
{
    /// <summary>Largest question for a share, in bytes.</summary>
    public const int MostBytes = 8 << 10;

    /// <summary>Largest task that is read, in bytes.</summary>
    public const int MostTaskBytes = 32 << 20;

    /// <summary>The client looks for these words: "sharing is not enabled", "not found".</summary>
    private const string Off = "Task sharing is not enabled here.", OffInPublic = "Public task sharing is not enabled here.", NotFound = "Task not found: Paddock keeps none that could be shown.";

    public async Task ShareAsync(HttpContext http)
    {
        if (await callers.FindAsync(http) is not { } caller || await RooAnswers.ReadAsync(http, RooJson.Default.ShareRequest) is not { } asked)
        {
            return;
        }

        if (asked.TaskId.Length == 0 || asked.Visibility is not ("organization" or "public"))
        {
            await RooAnswers.RefuseAsync(http, StatusCodes.Status400BadRequest, RefusalReason.MalformedBody, "A share names a task, and a visibility: organization or public.");
            return;
        }

        var sharing = snapshots.For(caller.Principal.Id.Value, null).Profiles.Of(caller.Principal)?.Client.Sharing ?? TaskSharing.None;
        var (status, error) = sharing switch
        {
            TaskSharing.None => (StatusCodes.Status200OK, Off),
            TaskSharing.Organization when asked.Visibility is "public" => (StatusCodes.Status200OK, OffInPublic),
            _ => (StatusCodes.Status404NotFound, NotFound),
        };
        await RooAnswers.WriteAsync(http, status, new ShareAnswer(false, error), RooJson.Default.ShareAnswer);
    }

    public async Task BackfillAsync(HttpContext http)
    {
        if (await callers.FindAsync(http) is null)
        {
            return;
        }

        if (http.Request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) is not true)
        {
            await RooAnswers.RefuseAsync(http, StatusCodes.Status415UnsupportedMediaType, RefusalReason.UnsupportedMediaType, "A task is sent as multipart/form-data.");
            return;
        }

        try
        {
            await DrainAsync(http);
        }
        catch (BadHttpRequestException fault)
        {
            await RooAnswers.RefuseAsync(http, fault.StatusCode, fault.StatusCode == StatusCodes.Status413PayloadTooLarge ? RefusalReason.BodyTooLarge : RefusalReason.MalformedBody, "The task is too large, or was cut off.");
            return;
        }

        await RooAnswers.WriteAsync(http, StatusCodes.Status200OK, new(true), RooJson.Default.BackfillAnswer);
    }

    private static async Task DrainAsync(HttpContext http)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(16 << 10);
        try
        {
            while (await http.Request.Body.ReadAsync(buffer, http.RequestAborted) > 0)
            {
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
