using System.Text;
using Microsoft.AspNetCore.Http;
using Paddock.Control;
using Paddock.Control.Audit;
using Paddock.Core.Identity;
using Paddock.Web.Identity;
using Paddock.Web.Kit;

namespace Paddock.Web.Audit;

/// <summary>One entry of the audit log, with the proof that it is in it.</summary>
internal sealed class EntryPages(ConsoleDoor door, ShowEntries entries, ProveEntry prove)
{
    public const string Pattern = AuditLogPages.Path + "/{entry}";

    public static string PathOf(string id) => $"{AuditLogPages.Path}/{Uri.EscapeDataString(id)}";

    public Task ShowAsync(HttpContext http) => door.ShowAsync(http, async session =>
    {
        var id = http.Request.RouteValues["entry"] as string ?? "";
        return await entries.RunAsync(session.Actor, id, http.RequestAborted) switch
        {
            Outcome<EntryList>.Done { Value.Entries: var found } when found.FirstOrDefault(one => one.Id == id) is { } entry => EntryPage.Page(session, entry, await ProofAsync(http, session, id)),
            Outcome<EntryList>.Forbidden => PlainPage.NoRole(session, ControlRoles.Auditor),
            _ => PlainPage.NotFound(session, "There is no such entry."),
        };
    });

    /// <returns>Null while it is not in the signed log.</returns>
    private async Task<string?> ProofAsync(HttpContext http, ConsoleSession session, string id)
    {
        if (await prove.RunAsync(session.Actor, id, http.RequestAborted) is not Outcome<Func<Stream, CancellationToken, Task>>.Done { Value: var write })
        {
            return null;
        }

        using var text = new MemoryStream();
        await write(text, http.RequestAborted);
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
