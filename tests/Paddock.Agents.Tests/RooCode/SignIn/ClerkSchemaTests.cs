using Paddock.Agents.Tests.RooCode.Settings;

namespace Paddock.Agents.Tests.RooCode.SignIn;

/// <summary>These schemas refuse what the clients refuse.</summary>
public class ClerkSchemaTests
{
    [Fact]
    public void What_the_clients_take_has_no_fault()
    {
        ClerkSchemas.Me.FaultsIn("""{"response":{"id":"u","first_name":null,"last_name":null,"image_url":"x","primary_email_address_id":"e","email_addresses":[{"id":"e","email_address":"a@b"}],"public_metadata":{}}}""").ShouldBeEmpty();
        ClerkSchemas.Me.FaultsIn("""{"response":{}}""").ShouldBeEmpty();
        ClerkSchemas.Memberships.FaultsIn("""{"response":[{"id":"m","role":"r","permissions":[],"created_at":1,"updated_at":2,"organization":{"id":"o","name":"n","slug":"s","image_url":"i","has_image":true,"created_at":1,"updated_at":2}}]}""").ShouldBeEmpty();
        ClerkSchemas.Memberships.FaultsIn("""{"response":[]}""").ShouldBeEmpty();
        ClerkSchemas.Account.FaultsIn("""[{"result":{"data":{"json":{"type":"user","user":{"id":"u","name":"n","email":"","imageUrl":""}}}}}]""").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"response":null}""")]
    [InlineData("""{"response":{"id":null}}""")]
    [InlineData("""{"response":{"first_name":1}}""")]
    [InlineData("""{"response":{"image_url":null}}""")]
    [InlineData("""{"response":{"primary_email_address_id":null}}""")]
    [InlineData("""{"response":{"email_addresses":null}}""")]
    [InlineData("""{"response":{"email_addresses":["a@b"]}}""")]
    [InlineData("""{"response":{"email_addresses":[{"id":"e"}]}}""")]
    public void A_person_that_the_extension_would_not_read_is_a_fault(string json) => ClerkSchemas.Me.FaultsIn(json).ShouldNotBeEmpty();

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""{"response":{}}""")]
    [InlineData("""{"response":[{"id":"m","organization":{"id":"o","name":"n"}}]}""")]
    [InlineData("""{"response":[{"id":"m","role":"r"}]}""")]
    [InlineData("""{"response":[{"id":"m","role":"r","permissions":null,"organization":{"id":"o","name":"n"}}]}""")]
    [InlineData("""{"response":[{"id":"m","role":"r","created_at":"2026-01-01","organization":{"id":"o","name":"n"}}]}""")]
    [InlineData("""{"response":[{"id":"m","role":"r","organization":{"id":"o"}}]}""")]
    [InlineData("""{"response":[{"id":"m","role":"r","organization":{"id":"o","name":"n","image_url":null}}]}""")]
    public void A_membership_that_the_extension_would_not_read_is_a_fault(string json) => ClerkSchemas.Memberships.FaultsIn(json).ShouldNotBeEmpty();

    [Fact]
    public void So_is_a_session_a_token_an_account_or_an_error_of_another_shape()
    {
        ClerkSchemas.SignIn.FaultsIn("""{"created_session_id":"s"}""").ShouldNotBeEmpty();
        ClerkSchemas.SignIn.FaultsIn("""{"response":{"created_session_id":""}}""").ShouldNotBeEmpty();
        ClerkSchemas.Token.FaultsIn("""{"jwt":"a.b"}""").ShouldNotBeEmpty();
        ClerkSchemas.Token.FaultsIn("""{"response":{"jwt":"a.b.c"}}""").ShouldNotBeEmpty();
        ClerkSchemas.Account.FaultsIn("""{"result":{"data":{"json":{"type":"user","user":{"id":"u","name":"n","email":"","imageUrl":""}}}}}""").ShouldNotBeEmpty();
        ClerkSchemas.Account.FaultsIn("""[{"result":{"data":{"type":"user","user":{"id":"u","name":"n","email":"","imageUrl":""}}}}]""").ShouldNotBeEmpty();
        ClerkSchemas.Account.FaultsIn("""[{"result":{"data":{"json":{"type":"service","user":{"id":"u","name":"n","email":"","imageUrl":""}}}}}]""").ShouldNotBeEmpty();
        ClerkSchemas.Account.FaultsIn("""[{"result":{"data":{"json":{"type":"user","user":{"id":"u","name":"n","email":null,"imageUrl":""}}}}}]""").ShouldNotBeEmpty();
        ClerkSchemas.Errors.FaultsIn("""{"errors":[]}""").ShouldNotBeEmpty();
        ClerkSchemas.Mdm.FaultsIn("""{"requireCloudAuth":true,"organizationId":null}""").ShouldNotBeEmpty();
    }
}
