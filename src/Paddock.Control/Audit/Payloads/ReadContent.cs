using System.Text;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Payloads;
using Paddock.Core.Identity;

namespace Paddock.Control.Audit.Payloads;

/// <param name="Reason">One line of up to 500 characters; the log has it as a commitment.</param>
/// <param name="Entry">Id of an entry that names the content; null = the first one that does.</param>
public sealed record ReadContentInput(string Reason, string? Entry = null);

/// <summary>Gives content out, after the log has an entry that says so, and checks it against the entry that names it.</summary>
public sealed class ReadContent(IPayloads payloads, IEntryReader entries)
{
    /// <summary>Content is kept right before its entry is made. So much later it is another turn of the agent that names it again.</summary>
    private static readonly TimeSpan near = TimeSpan.FromMinutes(10);

    public async Task<Outcome<ContentReading>> RunAsync(Actor actor, string id, ReadContentInput input, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Content))
        {
            return new Outcome<ContentReading>.Forbidden(ControlRoles.Content);
        }

        if (!PayloadWords.IsReason(input.Reason))
        {
            return new Outcome<ContentReading>.Invalid("reason", PayloadWords.ReasonRule);
        }

        if (!PayloadId.TryParse(id, out var payload))
        {
            return new Outcome<ContentReading>.NotFound("Kept content is named by pay_ and 32 hexadecimal digits, as entries do.");
        }

        return await payloads.ReadAsync(payload, actor.Audited, input.Reason, cancellationToken) switch
        {
            PayloadReading.Content content => await CheckAsync(content, input.Entry, cancellationToken),
            PayloadReading.Redacted { At: var at } => new Outcome<ContentReading>.Conflict($"It was redacted at {at.UtcDateTime:u}."),
            PayloadReading.Shredded { Key: var key } => new Outcome<ContentReading>.Conflict($"Its key {key} was shredded; nobody can read it any more."),
            PayloadReading.NoKey { Key: var key } => new Outcome<ContentReading>.Conflict($"This server has not its key {key}: ask one that has, or the key was lost."),
            PayloadReading.Damaged => new Outcome<ContentReading>.Conflict("It does not open: what the database has is not what was sealed."),
            _ => new Outcome<ContentReading>.NotFound("There is no such content: it was shredded, redacted more than a week ago, or a backup was restored since."),
        };
    }

    private async Task<Outcome<ContentReading>> CheckAsync(PayloadReading.Content content, string? named, CancellationToken cancellationToken)
    {
        var mark = $"\"id\":\"{content.Info.Id}\""; // as in PayloadMark; where it is what an entry is about, it is the entry's ref
        var entry = named is null
            ? await entries.FirstWithAsync(mark, content.Info.KeptAt, content.Info.KeptAt + near, cancellationToken)
            : (await entries.ListAsync(new() { Ref = named, Limit = 1 }, cancellationToken)).Entries.FirstOrDefault();
        if (named is not null && entry is null)
        {
            return new Outcome<ContentReading>.NotFound("There is no such entry.");
        }

        var field = entry is null ? null : Disclosure.FieldOf(entry.Bytes, content.Salt.Span, content.Bytes.Span);
        return entry is not null && field is null
            ? new Outcome<ContentReading>.Conflict($"The content is not what entry {entry.Id} commits to.")
            : new Outcome<ContentReading>.Done(new(
                ContentView.Of(content.Info), Convert.ToBase64String(content.Bytes.Span), Convert.ToBase64String(content.Salt.Span), entry is null ? null : Encoding.UTF8.GetString(entry.Bytes.Span), field));
    }
}
