// A certified OpenID provider on loopback, for tests: whoever types a name is that person. Arguments: the folder that it is installed in, a port (0 = any).
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';

const require = createRequire(pathToFileURL(`${process.argv[2]}/package.json`));
const { default: Provider } = await import(pathToFileURL(require.resolve('oidc-provider')));

const key = { ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: randomUUID() };
const people = JSON.parse(process.env.PEOPLE ?? '{}');

const server = createServer();
await new Promise(done => server.listen(Number(process.argv[3] ?? 0), '127.0.0.1', done));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [{ client_id: 'paddock', client_secret: 'a secret of tests', redirect_uris: ['https://unused.example/sign-in/callback'], response_types: ['code'], grant_types: ['authorization_code'] }],
  jwks: { keys: [key] },
  pkce: { required: () => true },
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
  scopes: ['openid', 'email', 'profile', 'groups'],
  features: { devInteractions: { enabled: true } },
  cookies: { keys: [randomUUID()] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@company.example`, email_verified: true, name: id, groups: ['staff'], ...people[id] }) }),
});
// Paddock's port is not known before it runs.
provider.Client.prototype.redirectUriAllowed = uri => /^http:\/\/127\.0\.0\.1:\d+\/sign-in\/callback$/.test(uri);
server.on('request', provider.callback());
console.log(`issuer ${issuer}`);
